package io.holdfast.server.account;

import io.holdfast.server.account.ConsoleSessions.Limits;
import io.holdfast.server.account.PasswordCheck.Attempt;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.SessionCookie;
import io.holdfast.server.identity.Subject;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Lets people into the console and out. Each login makes a cookie of its own, and ends the session
/// of the one that came with it: nobody goes on by a cookie that somebody else put there before.
@Singleton
final class ConsoleLogins {
  private final TenantScope tenants;
  private final PasswordCheck passwords;
  private final ConsoleSettings settings;
  private final AccountTrail trail;
  private final SecureRandom randomness = new SecureRandom();

  ConsoleLogins(
      TenantScope tenants, PasswordCheck passwords, ConsoleSettings settings, AccountTrail trail) {
    this.tenants = tenants;
    this.passwords = passwords;
    this.settings = settings;
    this.trail = trail;
  }

  /// A living session as its browser has it.
  record Opened(SessionCookie cookie, Limits limits) {}

  /// @param before the cookie that came with the attempt
  Opened login(Attempt attempt, Optional<SessionCookie> before) {
    Opened opened =
        passwords.pass(
            attempt, (handle, tenant, user) -> open(handle, tenant, user, attempt.address()));
    before.ifPresent(this::endBefore);
    return opened;
  }

  /// In the transaction in which somebody is let in.
  Opened open(Handle handle, TenantId tenant, long user, String address) {
    UUID session = Sessions.start(handle, tenant, user, address, settings.life());
    SessionCookie cookie = SessionCookie.random(tenant, randomness);
    ConsoleSessions.add(handle, session, cookie, settings.idle());
    trail.loggedIn(handle, tenant, user, session);
    return new Opened(cookie, ConsoleSessions.find(handle, cookie).orElseThrow());
  }

  /// The caller's own, if it is one of a browser.
  Opened opened(Caller caller, Optional<SessionCookie> cookie) {
    if (caller.subject() instanceof Subject.User user && cookie.isPresent()) {
      SessionCookie shown = cookie.get();
      Optional<Opened> own =
          tenants
              .inTransaction(shown.tenant(), handle -> ConsoleSessions.find(handle, shown))
              .filter(limits -> limits.session().equals(user.session()))
              .map(limits -> new Opened(shown, limits));
      if (own.isPresent()) {
        return own.get();
      }
    }
    throw new ProblemException(
        ProblemCode.UNKNOWN_SESSION, "this was not asked by a session of the console");
  }

  /// Ends the session of a cookie that came along, if it is one.
  private void endBefore(SessionCookie cookie) {
    TenantId tenant = cookie.tenant();
    tenants.inTransaction(
        tenant,
        handle ->
            ConsoleSessions.find(handle, cookie)
                .flatMap(limits -> Sessions.end(handle, tenant, limits.session(), trail)));
  }

  void logout(Caller caller, Optional<SessionCookie> cookie) {
    UUID own = opened(caller, cookie).limits().session();
    TenantId tenant = caller.tenant();
    tenants.inTransaction(tenant, handle -> Sessions.end(handle, tenant, own, trail));
  }
}
