package io.holdfast.server.webhook;

import io.holdfast.server.webhook.Message.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// Writes what became of a batch, all of it or nothing.
final class Settlement {
  static final String TAKEN_REMOVE =
      """
      DELETE FROM holdfast.webhook_deliveries
      WHERE tenant_id = ? AND webhook_id = ? AND position = ?
      """;

  static final String WAITING_CHANGE =
      """
      UPDATE holdfast.webhook_deliveries
      SET attempts = ?, state = 'waiting',
          next_attempt_at = clock_timestamp() + make_interval(secs => ?::double precision),
          last_status = ?, last_fault = ?
      WHERE tenant_id = ? AND webhook_id = ? AND position = ?
      """;

  static final String DEAD_CHANGE =
      """
      UPDATE holdfast.webhook_deliveries
      SET attempts = ?, state = 'dead', next_attempt_at = NULL, ended_at = clock_timestamp(),
          last_status = ?, last_fault = ?
      WHERE tenant_id = ? AND webhook_id = ? AND position = ?
      """;

  /// Due at once; how it went is written behind it.
  static final String DELIVERY_ADD =
      """
      INSERT INTO holdfast.webhook_deliveries (tenant_id, webhook_id, position, type, subject, body,
          attempts, next_attempt_at)
      VALUES (?, ?, ?, ?, ?, ?, 0, clock_timestamp())
      """;

  static final String POSITION_MOVE =
      """
      UPDATE holdfast.webhooks SET position = ?, missed = missed + ?
      WHERE tenant_id = ? AND webhook_id = ?
      """;

  /// What the look across tenants goes by.
  static final String WAITING_COUNT =
      """
      UPDATE holdfast.webhooks w SET waiting = k.waiting, next_attempt_at = k.next_attempt_at
      FROM (
          SELECT count(*)::integer AS waiting,
              min(next_attempt_at) FILTER (WHERE place = 1) AS next_attempt_at
          FROM (
              SELECT next_attempt_at,
                  row_number() OVER (PARTITION BY subject ORDER BY position) AS place
              FROM holdfast.webhook_deliveries
              WHERE tenant_id = ? AND webhook_id = ? AND state = 'waiting') d) k
      WHERE w.tenant_id = ? AND w.webhook_id = ?
      """;

  private final Handle handle;
  private final Leased webhook;
  private final RandomGenerator randomness;
  private int dead;

  private Settlement(Handle handle, Leased webhook, RandomGenerator randomness) {
    this.handle = handle;
    this.webhook = webhook;
    this.randomness = randomness;
  }

  /// In the transaction that has renewed the lease.
  ///
  /// @return how many will not be tried again
  static int settle(
      Handle handle,
      Leased webhook,
      Batch batch,
      List<Result> results,
      RandomGenerator randomness) {
    Settlement settlement = new Settlement(handle, webhook, randomness);
    settlement.keep(
        Stream.concat(
            batch.parked().stream(),
            results.stream()
                .filter(result -> !result.isTaken() && !result.message().isKept())
                .map(Result::message)));
    results.forEach(settlement::write);
    Leased.Id id = webhook.id();
    handle.execute(
        POSITION_MOVE, batch.position(), batch.missed(), id.tenant().value(), id.webhook());
    count(handle, id);
    return settlement.dead;
  }

  static void count(Handle handle, Leased.Id id) {
    long tenant = id.tenant().value();
    handle.execute(WAITING_COUNT, tenant, id.webhook(), tenant, id.webhook());
  }

  private void keep(Stream<Message> messages) {
    PreparedBatch rows = handle.prepareBatch(DELIVERY_ADD);
    messages.forEach(
        message ->
            rows.add(
                webhook.id().tenant().value(),
                webhook.id().webhook(),
                message.position(),
                message.type(),
                message.subject(),
                message.body()));
    if (rows.size() > 0) {
      rows.execute();
    }
  }

  private void write(Result result) {
    Message message = result.message();
    Optional<Outcome> outcome = result.outcome();
    if (outcome.isPresent()) {
      switch (outcome.get()) {
        case Outcome.Taken _ -> remove(message);
        case Outcome.Refused refused ->
            failed(message, refused.retryAfter(), refused.status(), null);
        case Outcome.Failed failed -> failed(message, Duration.ZERO, null, failed.fault().code());
      }
    }
  }

  private void remove(Message message) {
    if (message.isKept()) {
      Leased.Id id = webhook.id();
      handle.execute(TAKEN_REMOVE, id.tenant().value(), id.webhook(), message.position());
    }
  }

  private void failed(
      Message message, Duration asked, @Nullable Integer status, @Nullable String fault) {
    int attempts = message.attempts() + 1;
    long tenant = webhook.id().tenant().value();
    long id = webhook.id().webhook();
    if (attempts >= webhook.maxAttempts()) {
      handle.execute(DEAD_CHANGE, attempts, status, fault, tenant, id, message.position());
      dead++;
    } else {
      double seconds = Backoff.after(attempts, asked, randomness).toMillis() / 1e3;
      handle.execute(
          WAITING_CHANGE, attempts, seconds, status, fault, tenant, id, message.position());
    }
  }
}
