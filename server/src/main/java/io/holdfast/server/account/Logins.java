package io.holdfast.server.account;

import io.holdfast.server.account.Users.Account;
import io.holdfast.server.identity.AccessTokens;
import io.holdfast.server.identity.AccessTokens.Signer;
import io.holdfast.server.identity.TenantAtTheDoor;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Lets people in, lets them go on, and out.
@Singleton
final class Logins {
  private final Jdbi database;
  private final TenantScope tenants;
  private final PasswordHashes hashes;
  private final AccessTokens tokens;
  private final AccountTrail trail;
  private final SecureRandom randomness = new SecureRandom();

  Logins(
      Jdbi database,
      TenantScope tenants,
      PasswordHashes hashes,
      AccessTokens tokens,
      AccountTrail trail) {
    this.database = database;
    this.tenants = tenants;
    this.hashes = hashes;
    this.tokens = tokens;
    this.trail = trail;
  }

  /// @param address where it comes from
  record Attempt(String tenantSlug, Username name, Password password, String address) {}

  /// What a session is gone on with.
  record Tokens(String accessToken, String refreshToken) {
    @Override
    public String toString() {
      return "tokens";
    }
  }

  Tokens login(Attempt attempt) {
    Optional<TenantId> tenant = TenantAtTheDoor.named(database, attempt.tenantSlug());
    if (tenant.isEmpty()) {
      hashes.matches(attempt.password(), null);
      throw wrong();
    }
    return login(tenant.get(), attempt);
  }

  private Tokens login(TenantId tenant, Attempt attempt) {
    Attempts attempts = Attempts.of(attempt.name(), attempt.address());
    attempts.require(tenants, tenant);
    Optional<Account> account =
        tenants.inTransaction(tenant, handle -> Users.find(handle, tenant, attempt.name()));
    if (!hashes.matches(attempt.password(), account.map(Account::passwordHash).orElse(null))) {
      throw wrong();
    }
    Signer signer = tokens.signer();
    return tenants.inTransaction(
        tenant,
        handle -> {
          UUID session = started(handle, tenant, account.orElseThrow(), attempt.address());
          attempts.giveBack(handle, tenant);
          trail.loggedIn(handle, tenant, account.get().id(), session);
          return further(handle, tenant, account.get().id(), session, signer);
        });
  }

  private static UUID started(Handle handle, TenantId tenant, Account account, String address) {
    requireSame(handle, tenant, account);
    Sessions.forgetOld(handle, tenant, account.id());
    return Sessions.start(handle, tenant, account.id(), address);
  }

  /// Whoever changes the password or disables the account now waits, and then finds this session.
  private static void requireSame(Handle handle, TenantId tenant, Account account) {
    Optional<Account> found = Users.locked(handle, tenant, account.id());
    if (!found.filter(account::equals).isPresent()) {
      throw wrong();
    }
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
      if (Sessions.isUsed(handle, token)) {
        end(handle, token);
      }
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
        handle -> {
          end(handle, token);
          return token;
        });
  }

  /// The session of a token, unless it is over.
  private void end(Handle handle, SecretToken token) {
    TenantId tenant = token.tenant();
    Sessions.ofToken(handle, token)
        .ifPresent(
            session ->
                Sessions.end(handle, tenant, session)
                    .ifPresent(user -> trail.ended(handle, tenant, user, session)));
  }

  /// Whatever is wrong, the same is told.
  static ProblemException wrong() {
    return new ProblemException(
        ProblemCode.WRONG_CREDENTIALS, "the tenant, the name or the password is wrong");
  }

  static ProblemException refused() {
    return new ProblemException(
        ProblemCode.TOKEN_REFUSED, "the session is over: log in again", "refresh_token");
  }
}
