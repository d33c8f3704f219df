package io.holdfast.server.event;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.rounds.Rounds;
import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

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

  /// Transactions' events in one transaction, so that none lasts long.
  private static final int MAX_AT_ONCE = 500;

  private final Jdbi database;
  private final TenantScope tenants;
  private final StockTelling telling;
  private final Arrivals arrivals;
  private final EventMetrics metrics;
  private final Rounds rounds;

  private Publisher(Jdbi database, TenantScope tenants, StockTelling telling, Arrivals arrivals) {
    this.database = database;
    this.tenants = tenants;
    this.telling = telling;
    this.arrivals = arrivals;
    this.metrics = new EventMetrics(InstantSource.system(), arrivals);
    this.rounds = Rounds.begin("holdfast-events", ROUND_MILLIS, LOG, new Publishing());
  }

  /// Begins; closing it publishes what there is, and ends it.
  public static Publisher open(
      Jdbi database, TenantScope tenants, StockTelling telling, Arrivals arrivals) {
    return new Publisher(database, tenants, telling, arrivals);
  }

  private final class Publishing implements Rounds.Work {
    private int round;

    @Override
    public void round(boolean isLast) {
      if (round % ROUNDS_BETWEEN_SETTINGS == 0) {
        telling.choose(database.withHandle(Publication::toldOfStock));
      }
      round++;
      publish();
      wake();
    }

    @Override
    public String failed() {
      metrics.failed();
      return "Events could not be published";
    }
  }

  /// Publishes what has been committed so far.
  private void publish() {
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
    rounds.close();
    arrivals.close();
  }
}
