package io.holdfast.server.webhook;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.webhook.Message.Result;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/// Sends the events of one webhook for as long as there are any, batch by batch. Nobody else does
/// so meanwhile, since it has the lease; and should the node stand still for so long that the lease
/// is over, it begins no attempt any more, and what it has sent is not written.
final class Courier {
  /// With the time that an attempt takes this is less than the lease.
  private static final long BEGIN_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final Tools tools;
  private final Leased.Id id;
  private final UUID lease = UUID.randomUUID();
  private final RandomGenerator randomness = new SecureRandom();

  /// What all couriers of a node have in common.
  ///
  /// @param isClosing whether nothing more is to be begun
  record Tools(
      Turns turns,
      Transport transport,
      InstantSource clock,
      WebhookMetrics metrics,
      BooleanSupplier isClosing) {}

  /// The transactions of couriers, of which a few may be open at once.
  interface Turns {
    <T> T inTransaction(Leased.Id id, HandleCallback<T, RuntimeException> work);
  }

  /// @param begunAt before the lease was taken or renewed
  private record Turn(Leased webhook, Batch batch, long begunAt) {}

  Courier(Tools tools, Leased.Id id) {
    this.tools = tools;
    this.id = id;
  }

  /// Until there is nothing left to be sent.
  void run() throws InterruptedException {
    Optional<Turn> turn = begun();
    while (turn.isPresent()) {
      Turn present = turn.get();
      List<Result> results = dispatch(present).send(present.batch().messages());
      turn = next(present, results);
    }
  }

  private Optional<Turn> begun() {
    long begunAt = System.nanoTime();
    return tools
        .turns()
        .inTransaction(
            id,
            handle ->
                Leased.take(handle, id, lease).flatMap(webhook -> taken(handle, webhook, begunAt)));
  }

  private Optional<Turn> next(Turn before, List<Result> results) {
    long begunAt = System.nanoTime();
    return tools
        .turns()
        .inTransaction(
            id,
            handle ->
                Leased.renew(handle, id, lease)
                    .flatMap(webhook -> settled(handle, webhook, before.batch(), results))
                    .flatMap(webhook -> taken(handle, webhook, begunAt)));
  }

  private Optional<Leased> settled(
      Handle handle, Leased webhook, Batch batch, List<Result> results) {
    tools.metrics().dead(Settlement.settle(handle, webhook, batch, results, randomness));
    return Leased.renew(handle, id, lease);
  }

  /// Gives the lease back if there is nothing to be done with it.
  private Optional<Turn> taken(Handle handle, Leased webhook, long begunAt) {
    if (webhook.isActive() && !tools.isClosing().getAsBoolean()) {
      Batch batch = Batch.next(handle, webhook);
      if (!batch.isEmptyAfter(webhook.position())) {
        return Optional.of(new Turn(webhook, batch, begunAt));
      }
    }
    Leased.end(handle, id, lease);
    return Optional.empty();
  }

  private Dispatch dispatch(Turn turn) {
    return new Dispatch(
        () -> System.nanoTime() - turn.begunAt() < BEGIN_NANOS && !tools.isClosing().getAsBoolean(),
        message -> attempt(turn.webhook(), message));
  }

  private Outcome attempt(Leased webhook, Message message) {
    long begun = System.nanoTime();
    Outcome outcome =
        tools
            .transport()
            .post(
                new Transport.Post(
                    webhook.url(), headers(webhook, message), message.body(), message.attempts()));
    tools.metrics().attempted(outcome, System.nanoTime() - begun);
    return outcome;
  }

  private Map<String, String> headers(Leased webhook, Message message) {
    String messageId = id.webhook() + "." + message.position();
    long seconds = tools.clock().instant().getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
    headers.put("User-Agent", "Holdfast");
    headers.put("webhook-id", messageId);
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put(
        "webhook-signature",
        webhook.secrets().stream()
            .map(secret -> secret.signature(messageId, seconds, message.body()))
            .collect(Collectors.joining(" ")));
    return headers;
  }

  /// In transactions of the tenant's, with a limit on how many there are at once.
  static Turns turns(TenantScope tenants, java.util.concurrent.Semaphore permits) {
    return new Turns() {
      @Override
      public <T> T inTransaction(Leased.Id id, HandleCallback<T, RuntimeException> work) {
        permits.acquireUninterruptibly();
        try {
          return tenants.inTransaction(id.tenant(), work);
        } finally {
          permits.release();
        }
      }
    };
  }
}
