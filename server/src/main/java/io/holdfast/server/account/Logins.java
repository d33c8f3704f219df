package io.holdfast.server.account;

import io.holdfast.server.account.PasswordCheck.Attempt;
import io.holdfast.server.identity.AccessTokens;
import io.holdfast.server.identity.AccessTokens.Signer;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Lets people in, lets them go on, and out.
@Singleton
final class Logins {
  /// However often it is gone on with.
  private static final Duration MAX_LIFE = Duration.ofDays(90);

  private final TenantScope tenants;
  private final PasswordCheck passwords;
  private final AccessTokens tokens;
  private final AccountTrail trail;
  private final SecureRandom randomness = new SecureRandom();

  Logins(TenantScope tenants, PasswordCheck passwords, AccessTokens tokens, AccountTrail trail) {
    this.tenants = tenants;
    this.passwords = passwords;
    this.tokens = tokens;
    this.trail = trail;
  }

  /// What a session is gone on with.
  record Tokens(String accessToken, String refreshToken) {
    @Override
    public String toString() {
      return "tokens";
    }
  }

  Tokens login(Attempt attempt) {
    Signer signer = tokens.signer();
    return passwords.pass(
        attempt,
        (handle, tenant, user) -> {
          UUID session = Sessions.start(handle, tenant, user, attempt.address(), MAX_LIFE);
          trail.loggedIn(handle, tenant, user, session);
          return further(handle, tenant, user, session, signer);
        });
  }

  /// Goes on with a session. A token that comes a second time ends it: one of the two who had it
  /// stole it.
  Tokens refresh(SecretToken token) {
    Signer signer = tokens.signer();
    return tenants
        .inTransaction(token.tenant(), handle -> refreshed(handle, token, signer))
        .orElseThrow(Logins::refused);
  }

  private Optional<Tokens> refreshed(Handle handle, SecretToken token, Signer signer) {
    TenantId tenant = token.tenant();
    Optional<UUID> session = Sessions.use(handle, token);
    if (session.isEmpty()) {
      Sessions.ofUsedToken(handle, token)
          .flatMap(stolen -> Sessions.end(handle, tenant, stolen, trail))
          .ifPresent(user -> PasswordCheck.concerns(tenant, user));
      return Optional.empty();
    }
    UUID living = session.get();
    return Sessions.lockedUser(handle, tenant, living)
        .map(user -> further(handle, tenant, user, living, signer));
  }

  private Tokens further(Handle handle, TenantId tenant, long user, UUID session, Signer signer) {
    SecretToken next = SecretToken.random(SecretToken.Kind.REFRESH, tenant, randomness);
    Sessions.addToken(handle, tenant, session, next);
    return new Tokens(signer.issue(tenant, user, session), next.text());
  }

  /// Ends the session of a token, used or not.
  void logout(SecretToken token) {
    tenants.inTransaction(
        token.tenant(),
        handle ->
            Sessions.ofToken(handle, token)
                .flatMap(session -> Sessions.end(handle, token.tenant(), session, trail)));
  }

  static ProblemException refused() {
    return new ProblemException(
        ProblemCode.TOKEN_REFUSED, "the session is over: log in again", "refresh_token");
  }
}
