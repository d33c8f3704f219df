package io.holdfast.server.account;

import io.holdfast.server.account.AuthBodies.Me;
import io.holdfast.server.account.AuthBodies.Session;
import io.holdfast.server.account.AuthBodies.SessionList;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.Subject;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One's own account.
@Singleton
final class Accounts {
  private final TenantScope tenants;
  private final AccountTrail trail;

  Accounts(TenantScope tenants, AccountTrail trail) {
    this.tenants = tenants;
    this.trail = trail;
  }

  Me me(Caller caller) {
    if (!(caller.subject() instanceof Subject.User user)) {
      return Me.of(caller, null);
    }
    return Me.of(
        caller,
        tenants.inTransaction(
            caller.tenant(), handle -> Users.profile(handle, caller.tenant(), user.id())));
  }

  /// A key has none.
  SessionList sessions(Caller caller) {
    if (!(caller.subject() instanceof Subject.User user)) {
      return new SessionList(List.of());
    }
    return tenants.inTransaction(
        caller.tenant(),
        handle ->
            new SessionList(
                Sessions.list(handle, caller.tenant(), user.id()).stream()
                    .map(one -> shown(one, user))
                    .toList()));
  }

  private static Session shown(Sessions.Listed one, Subject.User user) {
    return new Session(
        one.id().toString(),
        one.address(),
        one.startedAt(),
        one.usedAt(),
        one.expiresAt(),
        one.isConsole(),
        one.id().equals(user.session()));
  }

  void endSession(Caller caller, String session) {
    if (!(caller.subject() instanceof Subject.User user && ended(caller, user, id(session)))) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_SESSION, "there is no living session " + session + " of yours");
    }
  }

  private boolean ended(Caller caller, Subject.User user, @Nullable UUID session) {
    return session != null
        && tenants.inTransaction(
            caller.tenant(), handle -> ended(handle, caller.tenant(), user, session));
  }

  private boolean ended(Handle handle, TenantId tenant, Subject.User user, UUID session) {
    boolean isEnded = Sessions.end(handle, tenant, user.id(), session);
    if (isEnded) {
      trail.ended(handle, tenant, user.id(), session);
    }
    return isEnded;
  }

  private static @Nullable UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Everywhere but here. A key has none.
  void endOtherSessions(Caller caller) {
    if (caller.subject() instanceof Subject.User user) {
      tenants.inTransaction(
          caller.tenant(),
          handle -> {
            int ended = Sessions.endOthers(handle, caller.tenant(), user.id(), user.session());
            trail.allEnded(handle, caller.tenant(), user.id(), ended);
            return user;
          });
    }
  }

  /// Everywhere, here as well. A key has none.
  void endSessions(Caller caller) {
    if (caller.subject() instanceof Subject.User user) {
      tenants.inTransaction(
          caller.tenant(),
          handle -> {
            int ended = Sessions.endAll(handle, caller.tenant(), user.id());
            trail.allEnded(handle, caller.tenant(), user.id(), ended);
            return user;
          });
    }
  }

  static Subject.User user(Caller caller) {
    if (caller.subject() instanceof Subject.User user) {
      return user;
    }
    throw new ProblemException(ProblemCode.ACCOUNT_NEEDED, "this is a key's request");
  }
}
