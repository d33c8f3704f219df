package io.holdfast.server.account;

import io.holdfast.server.account.MemberBodies.ChangedUser;
import io.holdfast.server.account.MemberBodies.InvitationBody;
import io.holdfast.server.account.MemberBodies.User;
import io.holdfast.server.account.Members.Member;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.Role;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.role.GivenRoles;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Says what people may do. Nobody gives, takes, or gets hold of what they have not themselves, and
/// one owner always stays.
@Singleton
final class Membership {
  private static final Duration INVITATION_LIFE = Duration.ofDays(1);

  private final TenantScope tenants;
  private final OncePerKey once;
  private final Trail trail;
  private final SecureRandom randomness = new SecureRandom();

  Membership(TenantScope tenants, OncePerKey once, Trail trail) {
    this.tenants = tenants;
    this.once = once;
    this.trail = trail;
  }

  /// @param asked what was sent, in a text that no other request has
  record Asked(
      ChangedUser wanted,
      String asked,
      @Nullable Long expectedVersion,
      @Nullable IdempotencyKey key) {}

  List<Member> list(TenantId tenant, long after, int most) {
    return tenants.inTransaction(tenant, handle -> Members.list(handle, tenant, after, most));
  }

  Member find(TenantId tenant, String user) {
    long id = id(user);
    return tenants
        .inTransaction(tenant, handle -> Members.find(handle, tenant, id))
        .orElseThrow(() -> unknown(user));
  }

  Response change(Caller caller, String user, Asked asked) throws SQLException {
    long id = id(user);
    return once.answer(
        new OncePerKey.Asked(
            caller, "change-user", user + "\n" + asked.asked(), asked.key(), subject(id)),
        handle -> changed(handle, caller, id, asked));
  }

  private static OncePerKey.Done changed(Handle handle, Caller caller, long id, Asked asked) {
    TenantId tenant = caller.tenant();
    Member before =
        Members.locked(handle, tenant, id).orElseThrow(() -> unknown(Long.toString(id)));
    Long expected = asked.expectedVersion();
    if (expected != null && expected != before.version()) {
      throw VersionTag.conflict(expected, before.version());
    }
    ChangedUser wanted = asked.wanted();
    List<String> roles = wanted.roles() == null ? before.roles() : wanted.roles();
    boolean isDisabled =
        wanted.disabled() == null ? before.disabledAt() != null : wanted.disabled();
    caller.requireAll(GivenRoles.permissions(handle, tenant, before.roles()), "roles");
    caller.requireAll(GivenRoles.required(handle, tenant, roles, "roles"), "roles");
    Members.change(handle, tenant, id, roles, isDisabled);
    if (Members.owners(handle, tenant) == 0 && before.roles().contains(Role.OWNER.code())) {
      throw new ProblemException(
          ProblemCode.LAST_OWNER, "nobody else could give anybody a role any more");
    }
    if (isDisabled) {
      Sessions.endAll(handle, tenant, id);
    }
    Member after = Members.find(handle, tenant, id).orElseThrow();
    return new OncePerKey.Done(
        GivenAnswer.changed(after.version(), User.of(after)), state(before), state(after));
  }

  /// For somebody who has forgotten a password.
  InvitationBody invite(Caller caller, String user) {
    TenantId tenant = caller.tenant();
    long id = id(user);
    SecretToken token = SecretToken.random(SecretToken.Kind.INVITATION, tenant, randomness);
    tenants.inTransaction(
        tenant,
        handle -> {
          Member member = Members.find(handle, tenant, id).orElseThrow(() -> unknown(user));
          caller.requireAll(GivenRoles.permissions(handle, tenant, member.roles()), "user");
          Invitations.add(handle, token, id, INVITATION_LIFE);
          Change change =
              new Change(
                  subject(id), null, State.of("invited_for_seconds", INVITATION_LIFE.toSeconds()));
          trail.add(handle, tenant, caller.actor(), change);
          return member;
        });
    return new InvitationBody(token.text(), INVITATION_LIFE.toSeconds());
  }

  /// By numbers and roles alone, as all that the trail tells of people.
  private static State state(Member member) {
    return State.of("roles", String.join(" ", member.roles()))
        .and("disabled", member.disabledAt() != null)
        .and("version", member.version());
  }

  private static Subject subject(long user) {
    return new Subject("user", Long.toString(user));
  }

  private static long id(String user) {
    try {
      return Long.parseLong(user);
    } catch (NumberFormatException e) {
      throw unknown(user);
    }
  }

  private static ProblemException unknown(String user) {
    return new ProblemException(ProblemCode.UNKNOWN_USER, "there is no user " + user);
  }
}
