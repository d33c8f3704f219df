package io.holdfast.server.account;

import io.holdfast.server.identity.Subject.User;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Tells the trail of accounts and sessions: by numbers alone, since what is in the trail stays
/// there, and a person may want not to. Names and addresses of mail are in `users`, and nothing
/// that is secret is told at all.
@Singleton
final class AccountTrail {
  private final Trail trail;

  AccountTrail(Trail trail) {
    this.trail = trail;
  }

  void registered(Handle handle, TenantId tenant, long user, String role) {
    add(handle, tenant, user, new Change(account(user), null, State.of("role", role)));
  }

  /// Of somebody whom a provider vouches for, and who had no account.
  ///
  /// @param role null: none yet
  void admitted(Handle handle, TenantId tenant, long user, @Nullable String role, String issuer) {
    State after = State.of("role", role).and("linked_to", issuer);
    add(handle, tenant, user, new Change(account(user), null, after));
  }

  /// What the provider calls them is theirs, and told nowhere.
  ///
  /// @param sessions how many ended by it
  void linked(Handle handle, TenantId tenant, long user, String issuer, int sessions) {
    State before =
        State.of("linked_to", (String) null)
            .and("password", "the one before")
            .and("sessions_ended", 0);
    State after =
        State.of("linked_to", issuer)
            .and("password", "one that nobody knows")
            .and("sessions_ended", sessions);
    add(handle, tenant, user, new Change(account(user), before, after));
  }

  void loggedIn(Handle handle, TenantId tenant, long user, UUID session) {
    add(handle, tenant, user, new Change(session(session), null, State.of("user", user)));
  }

  void ended(Handle handle, TenantId tenant, long user, UUID session) {
    add(handle, tenant, user, new Change(session(session), State.of("user", user), null));
  }

  /// All sessions of a user, or all but the one that goes on.
  void allEnded(Handle handle, TenantId tenant, long user, int sessions) {
    State before = State.of("sessions_ended", 0);
    State after = State.of("sessions_ended", sessions);
    add(handle, tenant, user, new Change(account(user), before, after));
  }

  /// @param sessions how many ended by it
  void passwordSet(Handle handle, TenantId tenant, long user, int sessions) {
    State before = State.of("password", "the one before").and("sessions_ended", 0);
    State after = State.of("password", "another").and("sessions_ended", sessions);
    add(handle, tenant, user, new Change(account(user), before, after));
  }

  private void add(Handle handle, TenantId tenant, long user, Change change) {
    trail.add(handle, tenant, actor(user), change);
  }

  /// Whoever is about to come in, or out, is not a caller yet, or no more.
  private static Actor actor(long user) {
    return User.actor(user);
  }

  private static Subject account(long user) {
    return new Subject("user", Long.toString(user));
  }

  private static Subject session(UUID session) {
    return new Subject("session", session.toString());
  }
}
