package io.holdfast.server.kafka;

import io.holdfast.server.event.CloudEvent;
import io.holdfast.server.event.Feed;
import io.holdfast.server.event.TypeFilter;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.kafka.SinkPositions.Behind;
import io.holdfast.server.rounds.Rounds;
import io.holdfast.stock.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Sends all events of all tenants to a topic, each tenant's in the order of their positions. One
/// node does so at a time; should two think that they are the one, the brokers let the newer alone.
///
/// What is sent is one transaction of the brokers', and then the positions are moved: a node that
/// dies in between has the next one send those events again, so a reader goes by their ids.
public final class KafkaSink implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(KafkaSink.class);
  private static final long ROUND_MILLIS = 200;

  /// Longer than one transaction may take.
  private static final int LEASE_SECONDS = 30;

  private static final int MAX_EVENTS = 500;
  private static final int MAX_TENANTS = 20;
  private static final Duration MAX_CLOSE = Duration.ofSeconds(2);
  private static final byte[] CONTENT_TYPE =
      "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.UTF_8);

  private final Jdbi database;
  private final TenantScope tenants;
  private final KafkaTarget target;
  private final KafkaMetrics metrics;
  private final UUID lease = UUID.randomUUID();
  private final Set<TenantId> unreadable = new HashSet<>();
  private final Rounds rounds;
  private @Nullable Producer<String, String> producer;
  private volatile boolean isClosing;

  private KafkaSink(Jdbi database, TenantScope tenants, KafkaTarget target) {
    this.database = database;
    this.tenants = tenants;
    this.target = target;
    this.metrics = new KafkaMetrics();
    this.rounds = Rounds.begin("holdfast-kafka", ROUND_MILLIS, LOG, new Sending());
  }

  /// Begins; it does not matter whether a broker is there yet.
  public static KafkaSink open(Jdbi database, TenantScope tenants, KafkaTarget target) {
    return new KafkaSink(database, tenants, target);
  }

  private final class Sending implements Rounds.Work {
    @Override
    public void round(boolean isLast) {
      try {
        boolean goesOn = true;
        while (goesOn && !isClosing) {
          goesOn = leads() && send();
        }
      } catch (KafkaException e) {
        // What was begun is undone by the brokers when the next one begins.
        letGo();
        throw e;
      } finally {
        if (isLast) {
          letGo();
          database.useHandle(handle -> SinkPositions.leave(handle, target.sink(), lease));
        }
      }
    }

    @Override
    public String failed() {
      metrics.failed();
      return "Events could not be sent to " + target.sink();
    }
  }

  private boolean leads() {
    boolean isOurs =
        database.withHandle(
            handle -> SinkPositions.lead(handle, target.sink(), lease, LEASE_SECONDS));
    if (!isOurs) {
      letGo();
      metrics.behind(0);
    }
    return isOurs;
  }

  /// @return false: there was nothing to be sent
  private boolean send() {
    List<Behind> behind =
        database.withHandle(handle -> SinkPositions.behind(handle, target.sink()));
    metrics.behind(behind.stream().mapToLong(Behind::behind).sum());
    if (behind.isEmpty()) {
      return false;
    }
    List<Pages> pages =
        behind.stream()
            .limit(MAX_TENANTS)
            .map(one -> readOrLeave(one.tenant()))
            .flatMap(Optional::stream)
            .toList();
    send(pages);
    for (Pages sent : pages) {
      tenants.inTransaction(
          sent.tenant(),
          handle -> {
            SinkPositions.move(
                handle, sent.tenant(), target.sink(), sent.position(), sent.missed());
            return sent;
          });
      metrics.sent(sent.events().size());
    }
    return pages.stream().anyMatch(Pages::isMoved);
  }

  /// What comes next of a tenant.
  ///
  /// @param missed how many the feed had forgotten
  private record Pages(
      TenantId tenant, List<CloudEvent> events, long after, long position, long missed) {
    boolean isMoved() {
      return position > after;
    }
  }

  /// A tenant whose events can't be read keeps no other waiting.
  private Optional<Pages> readOrLeave(TenantId tenant) {
    try {
      Pages pages = tenants.inTransaction(tenant, handle -> read(handle, tenant));
      unreadable.remove(tenant);
      return Optional.of(pages);
    } catch (RuntimeException e) {
      metrics.failed();
      if (unreadable.add(tenant)) {
        LOG.warn("Events of " + tenant + " could not be read, and wait: " + e);
        LOG.debug("Events could not be read", e);
      }
      return Optional.empty();
    }
  }

  private Pages read(Handle handle, TenantId tenant) {
    OptionalLong known = SinkPositions.position(handle, tenant, target.sink());
    long beginning = Feed.beginning(handle, tenant);
    long after = known.orElse(beginning);
    // The feed may have forgotten some meanwhile, and they are counted.
    long from = Math.max(after, beginning);
    try {
      Feed.Page page = Feed.read(handle, tenant, from, TypeFilter.ALL, MAX_EVENTS);
      String source = Feed.source(handle, tenant);
      return new Pages(
          tenant,
          page.events().stream().map(event -> event.of(source)).toList(),
          after,
          page.next(),
          from - after);
    } catch (Feed.Gone gone) {
      // The housekeeping was there in between; the next round sees where it is now.
      return new Pages(tenant, List.of(), after, after, 0);
    }
  }

  private void send(List<Pages> pages) {
    Producer<String, String> open = producer();
    open.beginTransaction();
    for (Pages page : pages) {
      for (CloudEvent event : page.events()) {
        var _ = open.send(message(event));
      }
    }
    // It throws if one of them has failed.
    open.commitTransaction();
  }

  /// All of a subject go to one partition, which keeps their order.
  private ProducerRecord<String, String> message(CloudEvent event) {
    ProducerRecord<String, String> message =
        new ProducerRecord<>(
            target.topic(), event.source() + "/" + event.subject(), JsonWriting.text(event));
    message.headers().add("content-type", CONTENT_TYPE);
    return message;
  }

  private Producer<String, String> producer() {
    Producer<String, String> known = producer;
    if (known != null) {
      return known;
    }
    Producer<String, String> made =
        new KafkaProducer<>(
            target.producerSettings(), new StringSerializer(), new StringSerializer());
    producer = made;
    made.initTransactions();
    return made;
  }

  private void letGo() {
    Producer<String, String> open = producer;
    producer = null;
    if (open != null) {
      open.close(MAX_CLOSE);
    }
  }

  /// Ends what is under way, and leaves the rest to another node.
  @Override
  public void close() {
    isClosing = true;
    rounds.close();
  }
}
