package io.holdfast.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.event.PublishedEvents;
import io.holdfast.server.event.TypeFilter;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.start.MigratedDatabase;
import io.holdfast.server.webhook.WebhookBodies.Delivery;
import io.holdfast.server.webhook.WebhookBodies.StoredWebhook;
import io.holdfast.server.webhook.WebhookBodies.Wanted;
import io.holdfast.stock.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/// What is sent, and what is kept of it, by the rights of the role that serves. Time passes by
/// making rows older.
class CourierTest {
  private static final MigratedDatabase DATABASE = MigratedDatabase.shared();
  private static final Outcome TAKEN = new Outcome.Taken();
  private static final Outcome REFUSED = new Outcome.Refused(500, Duration.ZERO);

  private final Jdbi superuser = Jdbi.create(DATABASE::connectAsSuperuser);
  private final Jdbi database = Jdbi.create(DATABASE::connectAsApplication);
  private final TenantScope tenants = new TenantScope(database);
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final List<Transport.Post> posts = Collections.synchronizedList(new ArrayList<>());
  private Function<Transport.Post, Outcome> receiver = _ -> TAKEN;
  private final PublishedEvents events = PublishedEvents.ofNewTenant();
  private final TenantId tenant = events.tenant();
  private Leased.Id id = register("*", 3);

  private Leased.Id register(String types, int maxAttempts) {
    Wanted wanted =
        new Wanted(
            WebhookUrl.parse("https://example.com/hook"),
            new TypeFilter(List.of(types)),
            null,
            WebhookState.ACTIVE,
            maxAttempts);
    WebhookSecret secret = WebhookSecret.random(new SecureRandom());
    return new Leased.Id(
        tenant, in(handle -> StoredWebhooks.add(handle, tenant, wanted, secret, 0)).id());
  }

  private <T> T in(Function<Handle, T> work) {
    return tenants.inTransaction(tenant, work::apply);
  }

  private void publish(String... subjects) {
    events.publish(subjects);
  }

  private void send() throws InterruptedException {
    Transport transport =
        post -> {
          posts.add(post);
          return receiver.apply(post);
        };
    new Courier(
            new Courier.Tools(
                Courier.turns(tenants, new Semaphore(1)),
                transport,
                InstantSource.system(),
                new WebhookMetrics(() -> 0),
                isClosing::get),
            id)
        .run();
  }

  private static long position(Transport.Post post) {
    return Long.parseLong(post.headers().getOrDefault("webhook-id", "").replaceFirst(".*\\.", ""));
  }

  private List<Long> positions() {
    List<Long> positions = posts.stream().map(CourierTest::position).toList();
    posts.clear();
    return positions;
  }

  private StoredWebhook webhook() {
    return in(handle -> StoredWebhooks.find(handle, tenant, id.webhook())).orElseThrow();
  }

  private List<Delivery> deliveries() {
    return in(handle -> StoredWebhooks.deliveries(handle, id, null, 0, 500));
  }

  private boolean isDue() {
    return database.withHandle(Leased::due).contains(id);
  }

  /// As if an hour and more had passed.
  private void letTimePass() {
    superuser.useTransaction(
        handle -> {
          handle.execute(
              """
              UPDATE holdfast.webhook_deliveries
              SET next_attempt_at = next_attempt_at - interval '2 hours' WHERE tenant_id = ?
              """,
              tenant.value());
          handle.execute(
              """
              UPDATE holdfast.webhooks
              SET next_attempt_at = next_attempt_at - interval '2 hours',
                  leased_until = leased_until - interval '2 hours'
              WHERE tenant_id = ?
              """,
              tenant.value());
        });
  }

  @Test
  void eachEventIsSentOnceAndSigned() throws InterruptedException {
    assertFalse(isDue());
    publish("orders/1", "orders/2");
    publish("orders/1");
    assertTrue(isDue());
    send();
    assertFalse(isDue());
    assertEquals(3, posts.size());
    Transport.Post post = posts.getFirst();
    JsonNode body = JsonWriting.parsed(post.body());
    assertEquals(position(post), body.path("id").asLong());
    assertEquals("order.paid", body.path("type").asText());
    assertEquals(body.path("subject"), body.at("/data/is"));
    assertTrue(post.headers().getOrDefault("webhook-signature", "").startsWith("v1,"));
    assertEquals("application/cloudevents+json; charset=utf-8", post.headers().get("Content-Type"));
    assertEquals("3", webhook().position());
    posts.clear();
    send();
    assertEquals(List.of(), positions());
  }

  @Test
  void manyPagesAreSentInOneGo() throws InterruptedException {
    for (int i = 0; i < 6; i++) {
      publish(IntStream.range(0, 50).mapToObj(n -> "orders/" + n).toArray(String[]::new));
    }
    send();
    assertEquals(300, posts.stream().map(CourierTest::position).distinct().count());
    assertEquals(300, posts.size());
    assertEquals("300", webhook().position());
  }

  @Test
  void whatIsNotWantedIsPassedBy() throws InterruptedException {
    id = register("stock.*", 3);
    publish("orders/1", "items/a/levels/main", "orders/2");
    send();
    assertEquals(List.of(2L), positions());
    assertEquals("3", webhook().position());
    assertFalse(isDue());
  }

  @Test
  void whatStandsBehindAFailureWaitsAndOthersGoOn() throws InterruptedException {
    publish("orders/1", "orders/1", "orders/2");
    receiver = post -> position(post) == 1 ? REFUSED : TAKEN;
    send();
    assertEquals(List.of(1L, 3L), positions().stream().sorted().toList());
    publish("orders/2", "orders/1");
    assertTrue(isDue());
    send();
    assertEquals(List.of(4L), positions());
    assertEquals(3, webhook().waiting());
    assertEquals(List.of("1", "2", "5"), deliveries().stream().map(Delivery::position).toList());
    assertEquals(List.of(1, 0, 0), deliveries().stream().map(Delivery::attempts).toList());
    assertEquals(500, deliveries().getFirst().lastStatus());
    assertFalse(isDue());

    receiver = _ -> TAKEN;
    letTimePass();
    assertTrue(isDue());
    send();
    assertEquals(List.of(1L, 2L, 5L), positions());
    assertEquals(List.of(), deliveries());
    assertEquals(0, webhook().waiting());
    assertNull(webhook().nextAttemptAt());
  }

  @Test
  void whatIsSentAgainIsTheSame() throws InterruptedException {
    publish("orders/1");
    receiver = _ -> REFUSED;
    send();
    letTimePass();
    send();
    assertEquals(2, posts.size());
    assertEquals(posts.getFirst().body(), posts.getLast().body());
    assertEquals(
        posts.getFirst().headers().get("webhook-id"), posts.getLast().headers().get("webhook-id"));
    assertEquals(List.of(0, 1), posts.stream().map(Transport.Post::number).toList());
  }

  @Test
  void whatIsNeverTakenIsGivenUpAndThoseBehindItGoOn() throws InterruptedException {
    publish("orders/1", "orders/1");
    receiver = post -> position(post) == 1 ? new Outcome.Failed(Outcome.Fault.TIMED_OUT) : TAKEN;
    for (int attempt = 1; attempt <= 3; attempt++) {
      send();
      assertEquals(attempt < 3 ? List.of(1L) : List.of(1L, 2L), positions());
      letTimePass();
    }
    assertEquals(1, webhook().dead());
    Delivery dead = deliveries().getFirst();
    assertEquals("dead", dead.state());
    assertEquals("timed_out", dead.lastFault());
    assertEquals(3, dead.attempts());
    assertEquals(0, webhook().waiting());
    assertFalse(isDue());

    receiver = _ -> TAKEN;
    in(
        handle -> {
          StoredWebhooks.revive(handle, id);
          return id;
        });
    assertTrue(isDue());
    send();
    assertEquals(List.of(1L), positions());
    assertEquals(0, webhook().dead());
    assertEquals(List.of(), deliveries());
  }

  @Test
  void aReceiverThatAsksForTimeGetsIt() throws InterruptedException {
    publish("orders/1");
    receiver = _ -> new Outcome.Refused(503, Duration.ofMinutes(30));
    send();
    Delivery delivery = deliveries().getFirst();
    Duration wait = Duration.between(delivery.createdAt(), delivery.nextAttemptAt());
    assertTrue(wait.toMinutes() >= 29 && wait.toMinutes() <= 31, wait.toString());
  }

  @Test
  void whoeverHasLostTheLeaseWritesNothing() throws InterruptedException {
    publish("orders/1");
    AtomicBoolean isFirst = new AtomicBoolean(true);
    receiver =
        _ -> {
          if (isFirst.getAndSet(false)) {
            // This one stands still for so long that somebody else takes over.
            letTimePass();
            try {
              send();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            publish("orders/2");
            return REFUSED;
          }
          return TAKEN;
        };
    send();
    assertEquals(List.of(1L, 1L), positions());
    assertEquals("1", webhook().position());
    assertEquals(List.of(), deliveries());
    send();
    assertEquals(List.of(2L), positions());
  }

  @Test
  void oneAtATimeSends() throws InterruptedException {
    publish("orders/1");
    List<Integer> others = new ArrayList<>();
    receiver =
        _ -> {
          int before = posts.size();
          try {
            send();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          others.add(posts.size() - before);
          return TAKEN;
        };
    send();
    assertEquals(List.of(0), others);
  }

  @Test
  void aNodeThatStopsLeavesTheRestToOthers() throws InterruptedException {
    publish("orders/1", "orders/1", "orders/1");
    receiver =
        _ -> {
          isClosing.set(true);
          return TAKEN;
        };
    send();
    assertEquals(List.of(1L), positions());
    isClosing.set(false);
    assertTrue(isDue());
    receiver = _ -> TAKEN;
    send();
    assertEquals(List.of(2L, 3L), positions());
    assertEquals(List.of(), deliveries());
  }

  @Test
  void whileTooManyWaitNoNewOnesAreBegun() throws InterruptedException {
    // Much later than this takes, on however busy a machine.
    receiver = _ -> new Outcome.Refused(503, Duration.ofHours(1));
    int published = 0;
    while (published < Leased.MAX_WAITING + 300) {
      int first = published;
      publish(
          IntStream.range(0, 100).mapToObj(n -> "orders/" + (first + n)).toArray(String[]::new));
      published += 100;
    }
    send();
    assertEquals(Leased.MAX_WAITING, webhook().waiting());
    assertEquals(Long.toString(Leased.MAX_WAITING), webhook().position());
    assertFalse(isDue());
    receiver = _ -> TAKEN;
    letTimePass();
    posts.clear();
    send();
    assertEquals(published, posts.stream().map(CourierTest::position).distinct().count());
    assertEquals(Integer.toString(published), webhook().position());
  }

  @Test
  void whatTheFeedHasForgottenIsCounted() throws InterruptedException {
    publish("orders/1", "orders/2");
    publish("orders/3");
    events.forgetUpTo(2);
    send();
    assertEquals(List.of(3L), positions());
    assertEquals(2, webhook().missed());
  }

  @Test
  void itIsSentAgainFromAPositionOn() throws InterruptedException {
    publish("orders/1", "orders/2", "orders/3");
    receiver = post -> position(post) == 3 ? REFUSED : TAKEN;
    send();
    posts.clear();
    receiver = _ -> TAKEN;
    in(
        handle -> {
          StoredWebhooks.move(handle, id, 1);
          return id;
        });
    assertTrue(isDue());
    send();
    assertEquals(List.of(2L, 3L), positions().stream().sorted().toList());
    assertEquals(List.of(), deliveries());
  }

  @Test
  void nothingIsSentToOneThatIsPaused() throws InterruptedException {
    publish("orders/1");
    superuser.useHandle(
        handle ->
            handle.execute(
                "UPDATE holdfast.webhooks SET state = 'paused' WHERE tenant_id = ?",
                tenant.value()));
    assertFalse(isDue());
    send();
    assertEquals(List.of(), positions());
  }

  @Test
  void bothSecretsSignForAWhileAfterARotation() throws InterruptedException {
    WebhookSecret another = WebhookSecret.random(new SecureRandom());
    assertEquals(true, in(handle -> StoredWebhooks.rotate(handle, id, another, 60)));
    publish("orders/1");
    send();
    Transport.Post post = posts.getFirst();
    List<String> signatures = signatures(post);
    assertEquals(2, signatures.size());
    long seconds = Long.parseLong(post.headers().getOrDefault("webhook-timestamp", ""));
    String messageId = post.headers().getOrDefault("webhook-id", "");
    assertEquals(another.signature(messageId, seconds, post.body()), signatures.getFirst());
    superuser.useHandle(
        handle ->
            handle.execute(
                """
                UPDATE holdfast.webhooks SET previous_until = clock_timestamp()
                WHERE tenant_id = ?
                """,
                tenant.value()));
    publish("orders/2");
    send();
    assertEquals(1, signatures(posts.getLast()).size());
  }

  private static List<String> signatures(Transport.Post post) {
    return List.of(post.headers().getOrDefault("webhook-signature", "").split(" ", -1));
  }

  @Test
  void oneThatIsRemovedIsGoneWithAllThatWaits() throws InterruptedException {
    publish("orders/1");
    receiver = _ -> REFUSED;
    send();
    in(
        handle -> {
          StoredWebhooks.remove(handle, id);
          return id;
        });
    assertTrue(in(handle -> StoredWebhooks.list(handle, tenant)).isEmpty());
    assertEquals(List.of(), deliveries());
    posts.clear();
    send();
    assertEquals(List.of(), positions());
  }
}
