package io.holdfast.server.event;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Gives events their positions, tenant after tenant, and wakes who waits for them. Every node does
/// so; of two that come at once, one passes by.
///
/// What is to be published is what has no position yet. So an event that commits late is published
/// late, and none is passed over or published twice: nothing is concluded from numbers or instants
/// of rows, whose order is not that of commits.
public final class Publisher implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Publisher.class);
  private static final long ROUND_MILLIS = 100;
  private static final int ROUNDS_BETWEEN_SETTINGS = 10;
  private static final long MAX_CLOSE_MILLIS = 10_000;

  /// Transactions' events in one transaction, so that none lasts long.
  private static final int MAX_AT_ONCE = 500;

  private final Jdbi database;
  private final TenantScope tenants;
  private final StockTelling telling;
  private final Arrivals arrivals;
  private final EventMetrics metrics;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;
  private boolean isFailing;

  Publisher(
      Jdbi database,
      TenantScope tenants,
      StockTelling telling,
      Arrivals arrivals,
      EventMetrics metrics) {
    this.database = database;
    this.tenants = tenants;
    this.telling = telling;
    this.arrivals = arrivals;
    this.metrics = metrics;
  }

  /// Begins; closing it publishes what there is, and ends it.
  public static Publisher open(
      Jdbi database, TenantScope tenants, StockTelling telling, Arrivals arrivals) {
    Publisher publisher =
        new Publisher(
            database,
            tenants,
            telling,
            arrivals,
            new EventMetrics(InstantSource.system(), arrivals));
    publisher.thread = Thread.ofPlatform().daemon().name("holdfast-events").start(publisher::run);
    return publisher;
  }

  private void run() {
    int round = 0;
    boolean isLast = false;
    while (!isLast) {
      round(round % ROUNDS_BETWEEN_SETTINGS == 0);
      isLast = isClosedWithin(ROUND_MILLIS);
      round++;
    }
    round(false);
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void round(boolean looksAtSettings) {
    try {
      if (looksAtSettings) {
        telling.choose(database.withHandle(Publication::toldOfStock));
      }
      publish();
      wake();
      isFailing = false;
    } catch (RuntimeException e) {
      metrics.failed();
      // One line for an outage, however long it lasts.
      if (!isFailing) {
        LOG.warn("Events could not be published, and will be in a later round: " + e);
      }
      LOG.debug("what could not be published", e);
      isFailing = true;
    }
  }

  /// Publishes what has been committed so far.
  void publish() {
    List<Publication.Waiting> waiting = database.withHandle(Publication::waiting);
    metrics.unpublishedSince(
        waiting.stream().map(Publication.Waiting::since).min(Instant::compareTo));
    waiting.forEach(one -> publishAll(one.tenant()));
  }

  private void publishAll(TenantId tenant) {
    int rows = MAX_AT_ONCE;
    while (rows == MAX_AT_ONCE) {
      Publication.Published published =
          tenants.inTransaction(tenant, handle -> Publication.publish(handle, tenant, MAX_AT_ONCE));
      metrics.published(published.events());
      rows = published.rows();
    }
  }

  private void wake() {
    Set<TenantId> awaited = arrivals.awaited();
    if (!awaited.isEmpty()) {
      database
          .withHandle(handle -> Publication.positions(handle, awaited))
          .forEach(arrivals::arrived);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    try {
      if (running != null) {
        running.join(MAX_CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    arrivals.close();
  }
}
