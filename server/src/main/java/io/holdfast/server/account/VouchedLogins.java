package io.holdfast.server.account;

import io.holdfast.server.identity.SessionCookie;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/// Opens a session of the console for people whom a provider of identities vouches for.
@Singleton
public final class VouchedLogins {
  private final TenantScope tenants;
  private final Admissions admissions;
  private final ConsoleLogins logins;

  VouchedLogins(TenantScope tenants, Admissions admissions, ConsoleLogins logins) {
    this.tenants = tenants;
    this.admissions = admissions;
    this.logins = logins;
  }

  /// @param newcomers what becomes of them if they were never here
  /// @param address where they come from
  public SessionCookie letIn(
      TenantId tenant, VouchedPerson person, Newcomers newcomers, String address) {
    admissions.admit(tenant, person, newcomers);
    return tenants.inTransaction(tenant, handle -> opened(handle, tenant, person, address));
  }

  /// Whoever disables the account now waits, and then finds this session.
  private SessionCookie opened(
      Handle handle, TenantId tenant, VouchedPerson person, String address) {
    long user =
        OidcIdentities.user(handle, tenant, person)
            .flatMap(known -> Users.locked(handle, tenant, known))
            .orElseThrow(Admissions::disabled)
            .id();
    return logins.open(handle, tenant, user, address).cookie();
  }
}
