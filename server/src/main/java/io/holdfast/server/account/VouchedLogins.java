package io.holdfast.server.account;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Lets people in whom a provider of identities vouches for.
@Singleton
public final class VouchedLogins {
  private final TenantScope tenants;
  private final Admissions admissions;
  private final AccountTrail trail;

  VouchedLogins(TenantScope tenants, Admissions admissions, AccountTrail trail) {
    this.tenants = tenants;
    this.admissions = admissions;
    this.trail = trail;
  }

  public record Session(UUID id) {}

  /// @param newcomers what becomes of them if they were never here
  /// @param address where they come from
  public Session letIn(TenantId tenant, VouchedPerson person, Newcomers newcomers, String address) {
    admissions.admit(tenant, person, newcomers);
    return tenants.inTransaction(tenant, handle -> begun(handle, tenant, person, address));
  }

  /// Whoever disables the account now waits, and then finds this session.
  private Session begun(Handle handle, TenantId tenant, VouchedPerson person, String address) {
    long user =
        OidcIdentities.user(handle, tenant, person)
            .flatMap(known -> Users.locked(handle, tenant, known))
            .orElseThrow(Admissions::disabled)
            .id();
    Sessions.forgetOld(handle, tenant, user);
    UUID session = Sessions.start(handle, tenant, user, address);
    trail.loggedIn(handle, tenant, user, session);
    return new Session(session);
  }
}
