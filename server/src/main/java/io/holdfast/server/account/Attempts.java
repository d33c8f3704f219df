package io.holdfast.server.account;

import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.origin.ClientAddress;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Counts attempts to log in, for each account and each address, before they are made: so many at
/// once are counted like so many one after the other. A right password gives its attempt back.
///
/// A name is counted the same whether there is an account of it or not. Who has been in from an
/// address is counted apart there: strangers who guess keep out strangers, and nobody else.
final class Attempts {
  private static final int WINDOW_SECONDS = 900;
  private static final int MAX_OF_ACCOUNT = 25;
  private static final int MAX_OF_ADDRESS = 250;

  static final String ATTEMPT_COUNT =
      """
      INSERT INTO holdfast.login_attempts AS a (tenant_id, subject, window_ends_at, attempts)
      VALUES (?, ?, clock_timestamp() + make_interval(secs => ?), 1)
      ON CONFLICT ON CONSTRAINT login_attempts_pk DO UPDATE
      SET attempts = CASE WHEN a.window_ends_at < clock_timestamp() THEN 1 ELSE a.attempts + 1 END,
          window_ends_at = CASE WHEN a.window_ends_at < clock_timestamp()
              THEN excluded.window_ends_at ELSE a.window_ends_at END
      RETURNING attempts, ceil(extract(epoch FROM window_ends_at - clock_timestamp()))::integer
      """;

  static final String ATTEMPT_GIVE_BACK =
      """
      UPDATE holdfast.login_attempts SET attempts = attempts - 1
      WHERE tenant_id = ? AND subject = ? AND attempts > 0
      """;

  private final List<Counted> counted;

  private record Counted(UUID subject, int most) {}

  private record Count(int attempts, int secondsLeft) {}

  private Attempts(List<Counted> counted) {
    this.counted = counted;
  }

  /// In one order for all, so that no two wait for each other.
  ///
  /// @param isKnown whether the account has had a session from there
  static Attempts of(Username name, String address, boolean isKnown) {
    String from = ClientAddress.of(address).name();
    String account = "account\n" + name.key() + (isKnown ? "\n" + from : "");
    return new Attempts(
        List.of(
            new Counted(RequestKey.digest(account), MAX_OF_ACCOUNT),
            new Counted(RequestKey.digest("address\n" + from), MAX_OF_ADDRESS)));
  }

  /// Counts one, or ends the request if it is one too many.
  void require(TenantScope tenants, TenantId tenant) {
    int seconds = tenants.inTransaction(tenant, handle -> count(handle, tenant));
    if (seconds > 0) {
      throw new ProblemException(
          Problem.of(ProblemCode.TOO_MANY_ATTEMPTS, "try again in " + seconds + " s")
              .retryAfter(seconds));
    }
  }

  /// @return how many seconds there are to wait; 0: none
  private int count(Handle handle, TenantId tenant) {
    int wait = 0;
    for (Counted one : counted) {
      Count count = count(handle, tenant, one);
      if (count.attempts() > one.most()) {
        wait = Math.max(wait, Math.max(1, count.secondsLeft()));
      }
    }
    return wait;
  }

  private static Count count(Handle handle, TenantId tenant, Counted one) {
    return handle
        .createQuery(ATTEMPT_COUNT)
        .bind(0, tenant.value())
        .bind(1, one.subject())
        .bind(2, WINDOW_SECONDS)
        .map((row, _) -> new Count(row.getInt(1), row.getInt(2)))
        .one();
  }

  void giveBack(Handle handle, TenantId tenant) {
    for (Counted one : counted) {
      handle.execute(ATTEMPT_GIVE_BACK, tenant.value(), one.subject());
    }
  }
}
