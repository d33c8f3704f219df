package io.holdfast.server.account;

import io.holdfast.server.account.Invitations.Invitation;
import io.holdfast.server.account.Users.Account;
import io.holdfast.server.account.Users.Profile;
import io.holdfast.server.identity.Subject;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Changes passwords. Whoever has a session by the old one is out.
@Singleton
final class Passwords {
  private final TenantScope tenants;
  private final PasswordHashes hashes;
  private final AccountTrail trail;
  private final PasswordRules rules = new PasswordRules();

  Passwords(TenantScope tenants, PasswordHashes hashes, AccountTrail trail) {
    this.tenants = tenants;
    this.hashes = hashes;
    this.trail = trail;
  }

  /// @param address where it comes from
  record Change(Password current, Password wanted, String address) {}

  /// By somebody who is in: only this session goes on.
  void change(TenantId tenant, Subject.User user, Change change) {
    Profile profile =
        tenants.inTransaction(tenant, handle -> Users.profile(handle, tenant, user.id()));
    rules.check(change.wanted(), "new_password", names(profile));
    // Whoever is in was let in.
    Attempts attempts = Attempts.of(new Username(profile.username()), change.address(), true);
    attempts.require(tenants, tenant);
    Account account =
        tenants
            .inTransaction(tenant, handle -> Users.find(handle, tenant, user.id()))
            .orElseThrow(PasswordCheck::wrong);
    if (!hashes.matches(change.current(), account.passwordHash())) {
      throw new ProblemException(
          ProblemCode.WRONG_PASSWORD, "it is not the account's password", "current_password");
    }
    String hash = hashes.of(change.wanted());
    tenants.inTransaction(
        tenant,
        handle -> {
          set(handle, tenant, account, hash);
          attempts.giveBack(handle, tenant);
          int ended = Sessions.endOthers(handle, tenant, user.id(), user.session());
          trail.passwordSet(handle, tenant, user.id(), ended);
          return hash;
        });
  }

  /// By somebody who was invited to: every session ends.
  void reset(SecretToken token, Password wanted) {
    TenantId tenant = token.tenant();
    Account account = tenants.inTransaction(tenant, handle -> invited(handle, token));
    Profile profile =
        tenants.inTransaction(tenant, handle -> Users.profile(handle, tenant, account.id()));
    rules.check(wanted, "password", names(profile));
    String hash = hashes.of(wanted);
    tenants.inTransaction(
        tenant,
        handle -> {
          if (!Invitations.use(handle, token)) {
            throw Invited.refused("token");
          }
          set(handle, tenant, account, hash);
          int ended = Sessions.endAll(handle, tenant, account.id());
          trail.passwordSet(handle, tenant, account.id(), ended);
          return hash;
        });
  }

  private static Account invited(Handle handle, SecretToken token) {
    Invitation invitation =
        Invitations.find(handle, token).orElseThrow(() -> Invited.refused("token"));
    if (invitation.user().isEmpty()) {
      throw Invited.refused("token");
    }
    return Users.find(handle, token.tenant(), invitation.user().getAsLong())
        .orElseThrow(() -> Invited.refused("token"));
  }

  private static void set(Handle handle, TenantId tenant, Account account, String hash) {
    if (!Users.setPassword(handle, tenant, account, hash)) {
      throw new ProblemException(
          ProblemCode.WRONG_PASSWORD, "the password was changed by somebody else meanwhile");
    }
  }

  private static List<String> names(Profile profile) {
    return List.of(profile.username(), profile.email(), profile.name(), "holdfast");
  }
}
