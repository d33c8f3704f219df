package io.holdfast.server.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.event.PublishedEvents;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.start.MigratedDatabase;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Against a broker of Kafka. Each test has a tenant and a topic of its own; other tests' events
/// are in its topic, too.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaSinkTest {
  private static final MigratedDatabase DATABASE = MigratedDatabase.shared();
  private static final long MAX_WAIT_SECONDS = 60;

  private final Jdbi database = Jdbi.create(DATABASE::connectAsApplication);
  private final TenantScope tenants = new TenantScope(database);
  private TestBroker broker;

  @BeforeAll
  void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterAll
  void stop() throws IOException {
    broker.close();
  }

  private KafkaTarget target(String topic) {
    return new KafkaTarget(List.of(broker.address()), topic, Map.of());
  }

  private static String topic() {
    return "events-" + UUID.randomUUID();
  }

  private KafkaSink open(String topic) {
    return KafkaSink.open(database, tenants, target(topic));
  }

  private void awaitPosition(TenantId tenant, String topic, long position) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
    long found = -1;
    while (found < position) {
      assertTrue(System.nanoTime() < end, "only up to " + found);
      found =
          tenants.inTransaction(
              tenant,
              handle -> SinkPositions.position(handle, tenant, target(topic).sink()).orElse(0));
    }
  }

  private List<ConsumerRecord<String, String>> sent(
      PublishedEvents events, String topic, int count) {
    return broker.read(topic, events.source() + "/", count);
  }

  private static List<Long> positions(List<ConsumerRecord<String, String>> sent) {
    return sent.stream()
        .map(one -> JsonWriting.parsed(one.value()).path("id").asLong())
        .sorted()
        .toList();
  }

  private static List<Long> upTo(int last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void eachEventIsSentAsItStandsInTheFeedAndThoseOfASubjectInOrder() {
    PublishedEvents events = PublishedEvents.ofNewTenant();
    String topic = topic();
    IntStream.range(0, 300).forEach(i -> events.publish("orders/" + i % 7, "orders/" + i % 5));
    try (KafkaSink _ = open(topic)) {
      awaitPosition(events.tenant(), topic, 600);
      events.publish("orders/1");
      awaitPosition(events.tenant(), topic, 601);
    }
    List<ConsumerRecord<String, String>> sent = sent(events, topic, 601);
    assertEquals(upTo(601), positions(sent));
    ConsumerRecord<String, String> one = sent.getFirst();
    JsonNode body = JsonWriting.parsed(one.value());
    assertEquals("1.0", body.path("specversion").asText());
    assertEquals(events.source(), body.path("source").asText());
    assertEquals(one.key(), events.source() + "/" + body.path("subject").asText());
    assertEquals(
        "application/cloudevents+json; charset=UTF-8",
        new String(one.headers().lastHeader("content-type").value(), StandardCharsets.UTF_8));
    Map<String, List<ConsumerRecord<String, String>>> bySubject =
        sent.stream().collect(Collectors.groupingBy(ConsumerRecord::key));
    assertEquals(7, bySubject.size());
    for (List<ConsumerRecord<String, String>> ofOne : bySubject.values()) {
      assertEquals(1, ofOne.stream().map(ConsumerRecord::partition).distinct().count());
      assertEquals(positions(ofOne), ofOne.stream().map(KafkaSinkTest::position).toList());
    }
  }

  private static Long position(ConsumerRecord<String, String> one) {
    return JsonWriting.parsed(one.value()).path("id").asLong();
  }

  @Test
  void twoNodesSendEachEventOnceAndOneGoesOnForTheOther() {
    PublishedEvents events = PublishedEvents.ofNewTenant();
    String topic = topic();
    try (KafkaSink _ = open(topic)) {
      KafkaSink other = open(topic);
      IntStream.range(0, 50).forEach(i -> events.publish("orders/" + i));
      awaitPosition(events.tenant(), topic, 50);
      other.close();
      events.publish("orders/50");
      awaitPosition(events.tenant(), topic, 51);
    }
    try (KafkaSink _ = open(topic)) {
      events.publish("orders/51");
      awaitPosition(events.tenant(), topic, 52);
    }
    assertEquals(upTo(52), positions(sent(events, topic, 52)));
  }

  @Test
  void whileTheBrokerIsAwayEverythingWaits() {
    PublishedEvents events = PublishedEvents.ofNewTenant();
    String topic = topic();
    try (KafkaSink _ = open(topic)) {
      events.publish("orders/1");
      awaitPosition(events.tenant(), topic, 1);
      broker.stop();
      events.publish("orders/1", "orders/2");
      broker.startAgain();
      awaitPosition(events.tenant(), topic, 3);
    }
    assertEquals(upTo(3), positions(sent(events, topic, 3)).stream().distinct().toList());
  }

  @Test
  void whatTheFeedHasForgottenIsCounted() {
    PublishedEvents events = PublishedEvents.ofNewTenant();
    String topic = topic();
    events.publish("orders/1");
    try (KafkaSink _ = open(topic)) {
      awaitPosition(events.tenant(), topic, 1);
    }
    events.publish("orders/1", "orders/2");
    events.publish("orders/3");
    events.forgetUpTo(3);
    try (KafkaSink _ = open(topic)) {
      awaitPosition(events.tenant(), topic, 4);
    }
    assertEquals(List.of(1L, 4L), positions(sent(events, topic, 2)));
    assertEquals(2, events.missedBy(target(topic).sink()));
  }

  @Test
  void aTenantWhoseEventsCanNotBeReadKeepsNoOtherWaiting() {
    PublishedEvents damaged = PublishedEvents.ofNewTenant();
    damaged.publishUnreadable();
    PublishedEvents events = PublishedEvents.ofNewTenant();
    events.publish("orders/1");
    String topic = topic();
    try (KafkaSink _ = open(topic)) {
      awaitPosition(events.tenant(), topic, 1);
    }
    assertEquals(upTo(1), positions(sent(events, topic, 1)));
    assertEquals(List.of(), sent(damaged, topic, 0));
  }

  @Test
  void whatMakesItRightIsNotChosen() {
    for (String setting : List.of("transactional.id", "acks", "enable.idempotence")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new KafkaTarget(List.of("127.0.0.1:9092"), "t", Map.of(setting, "1")));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new KafkaTarget(List.of("127.0.0.1:9092"), "no topic", Map.of()));
  }
}
