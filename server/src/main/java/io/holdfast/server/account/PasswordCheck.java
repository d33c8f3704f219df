package io.holdfast.server.account;

import io.holdfast.server.account.Users.Account;
import io.holdfast.server.identity.TenantAtTheDoor;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Lets somebody pass who knows an account's name and password, whatever they come for.
@Singleton
final class PasswordCheck {
  private final Jdbi database;
  private final TenantScope tenants;
  private final PasswordHashes hashes;

  PasswordCheck(Jdbi database, TenantScope tenants, PasswordHashes hashes) {
    this.database = database;
    this.tenants = tenants;
    this.hashes = hashes;
  }

  /// @param address where it comes from
  record Attempt(String tenantSlug, Username name, Password password, String address) {}

  /// What is begun for a user, in the transaction in which they are let in.
  interface Begin<T> {
    T begin(Handle handle, TenantId tenant, long user);
  }

  <T> T pass(Attempt attempt, Begin<T> begin) {
    Optional<TenantId> tenant = TenantAtTheDoor.named(database, attempt.tenantSlug());
    if (tenant.isEmpty()) {
      hashes.matches(attempt.password(), null);
      throw wrong();
    }
    return pass(tenant.get(), attempt, begin);
  }

  private <T> T pass(TenantId tenant, Attempt attempt, Begin<T> begin) {
    Attempts attempts = attempts(tenant, attempt);
    attempts.require(tenants, tenant);
    Optional<Account> account =
        tenants.inTransaction(tenant, handle -> Users.find(handle, tenant, attempt.name()));
    account.ifPresent(one -> concerns(tenant, one.id()));
    if (!hashes.matches(attempt.password(), account.map(Account::passwordHash).orElse(null))) {
      throw wrong();
    }
    return tenants.inTransaction(
        tenant,
        handle -> {
          long user = same(handle, tenant, account.orElseThrow());
          T begun = begin.begin(handle, tenant, user);
          attempts.giveBack(handle, tenant);
          return begun;
        });
  }

  private Attempts attempts(TenantId tenant, Attempt attempt) {
    boolean isKnown =
        tenants.inTransaction(
            tenant, handle -> Sessions.wasFrom(handle, tenant, attempt.name(), attempt.address()));
    return Attempts.of(attempt.name(), attempt.address(), isKnown);
  }

  /// For the log, should somebody be turned away.
  static void concerns(TenantId tenant, long user) {
    String name = "user %d of tenant %d".formatted(user, tenant.value());
    RequestOrigin.current().ifPresent(origin -> origin.concerns(name));
  }

  /// Whoever changes the password or disables the account now waits, and then finds what is begun.
  private static long same(Handle handle, TenantId tenant, Account account) {
    return Users.locked(handle, tenant, account.id())
        .filter(account::equals)
        .orElseThrow(PasswordCheck::wrong)
        .id();
  }

  /// Whatever is wrong, the same is told.
  static ProblemException wrong() {
    return new ProblemException(
        ProblemCode.WRONG_CREDENTIALS, "the tenant, the name or the password is wrong");
  }
}
