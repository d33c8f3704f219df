package io.holdfast.server.account;

import io.holdfast.server.account.Users.Claim;
import io.holdfast.server.account.Users.Profile;
import io.holdfast.server.identity.Role;
import io.holdfast.server.identity.TenantAtTheDoor;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Registers people. The name is claimed first, in a transaction of its own: of a thousand who want
/// it at once one goes on to the slow hash, and the others are told at once, on whatever node. A
/// claim whose node dies is over after a minute.
@Singleton
final class Registrations {
  private static final Duration CLAIM_LIFE = Duration.ofSeconds(60);

  private final Jdbi database;
  private final TenantScope tenants;
  private final PasswordHashes hashes;
  private final AccountTrail trail;
  private final PasswordRules rules = new PasswordRules();

  Registrations(Jdbi database, TenantScope tenants, PasswordHashes hashes, AccountTrail trail) {
    this.database = database;
    this.tenants = tenants;
    this.hashes = hashes;
    this.trail = trail;
  }

  /// @param invitation of the first owner; null: it is a customer
  record Wanted(String tenantSlug, NewAccount account, @Nullable SecretToken invitation) {}

  Profile register(Wanted wanted) {
    TenantId tenant =
        TenantAtTheDoor.named(database, wanted.tenantSlug())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.UNKNOWN_TENANT,
                        "nobody is named " + wanted.tenantSlug(),
                        "tenant"));
    refuseTaken(tenant, wanted.account().username());
    rules.check(wanted.account().password(), "password", wanted.account().names());
    Claim claim = tenants.inTransaction(tenant, handle -> claimed(handle, tenant, wanted));
    try {
      String hash = hashes.of(wanted.account().password());
      return tenants.inTransaction(tenant, handle -> kept(handle, tenant, claim, hash, wanted));
    } catch (RuntimeException e) {
      giveUp(tenant, claim, e);
      throw e;
    }
  }

  private static Claim claimed(Handle handle, TenantId tenant, Wanted wanted) {
    SecretToken invitation = wanted.invitation();
    if (invitation != null && !isForOwner(handle, tenant, invitation)) {
      throw Invited.refused("invitation");
    }
    return Users.claim(handle, tenant, wanted.account(), CLAIM_LIFE)
        .orElseThrow(Registrations::taken);
  }

  /// Before anything that costs something. What decides is the claim.
  private void refuseTaken(TenantId tenant, Username name) {
    if (tenants.inTransaction(tenant, handle -> Users.isTaken(handle, tenant, name))) {
      throw taken();
    }
  }

  private static ProblemException taken() {
    return new ProblemException(
        ProblemCode.USERNAME_TAKEN, "Username already registered", "username");
  }

  private static boolean isForOwner(Handle handle, TenantId tenant, SecretToken invitation) {
    return invitation.tenant().equals(tenant)
        && Invitations.find(handle, invitation).filter(one -> one.user().isEmpty()).isPresent();
  }

  private Profile kept(Handle handle, TenantId tenant, Claim claim, String hash, Wanted wanted) {
    SecretToken invitation = wanted.invitation();
    if (invitation != null && !Invitations.use(handle, invitation)) {
      throw Invited.refused("invitation");
    }
    Role role = invitation == null ? Role.CUSTOMER : Role.OWNER;
    if (!Users.keep(handle, tenant, claim, hash, role.code())) {
      throw new ProblemException(ProblemCode.BUSY, "this took too long; try again");
    }
    trail.registered(handle, tenant, claim.user(), role.code());
    return Users.profile(handle, tenant, claim.user());
  }

  /// So that whoever was refused can try the same name again at once. If that fails, too, the claim
  /// ends by itself.
  private void giveUp(TenantId tenant, Claim claim, RuntimeException reason) {
    try {
      tenants.inTransaction(
          tenant,
          handle -> {
            Users.giveUp(handle, tenant, claim);
            return claim;
          });
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }
}
