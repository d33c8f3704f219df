package io.holdfast.server.webhook;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.rounds.Rounds;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Looks again and again which webhooks have something to be sent, and sends it. Every node does
/// so; which of them sends what, the leases decide.
public final class Couriers implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Couriers.class);
  private static final long ROUND_MILLIS = 200;

  /// Those whose receivers are slow are to keep no others waiting.
  private static final int MAX_COURIERS = 500;

  /// Requests need connections to the database, too.
  private static final int MAX_TRANSACTIONS = 3;

  private static final long MAX_CLOSE_SECONDS = 2;

  private final Jdbi database;
  private final HttpTransport transport;
  private final WebhookMetrics metrics;
  private final Courier.Tools tools;
  private final Set<Leased.Id> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Rounds rounds;
  private volatile boolean isClosing;

  private Couriers(Jdbi database, TenantScope tenants, Destinations destinations) {
    InstantSource clock = InstantSource.system();
    this.database = database;
    this.transport = new HttpTransport(destinations, clock, HttpTransport.MAX_WAIT);
    this.metrics = new WebhookMetrics(underWay::size);
    this.tools =
        new Courier.Tools(
            Courier.turns(tenants, new Semaphore(MAX_TRANSACTIONS)),
            transport,
            clock,
            metrics,
            () -> isClosing);
    this.rounds = Rounds.begin("holdfast-webhooks", ROUND_MILLIS, LOG, new Looking());
  }

  /// Begins; closing it lets what is under way end for a moment, and leaves the rest to others.
  public static Couriers open(Jdbi database, TenantScope tenants, Destinations destinations) {
    return new Couriers(database, tenants, destinations);
  }

  private final class Looking implements Rounds.Work {
    @Override
    public void round(boolean isLast) {
      if (!isLast) {
        database.withHandle(Leased::due).forEach(Couriers.this::send);
      }
    }

    @Override
    public String failed() {
      metrics.failed();
      return "Webhooks could not be looked at";
    }
  }

  private void send(Leased.Id id) {
    if (underWay.size() < MAX_COURIERS && underWay.add(id)) {
      threads.execute(() -> run(id));
    }
  }

  private void run(Leased.Id id) {
    try {
      new Courier(tools, id).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Its lease ends by itself, and with it what it has left undone is somebody's again.
      metrics.failed();
      LOG.warn("Webhook " + id.webhook() + " is left to a later round: " + e);
      LOG.debug("A webhook could not be sent to", e);
    } finally {
      underWay.remove(id);
    }
  }

  @Override
  public void close() {
    isClosing = true;
    rounds.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(MAX_CLOSE_SECONDS, TimeUnit.SECONDS)) {
        // Attempts fail now, and are written as failed.
        transport.close();
        threads.awaitTermination(MAX_CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      transport.close();
    }
  }
}
