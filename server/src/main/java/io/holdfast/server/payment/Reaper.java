package io.holdfast.server.payment;

import io.holdfast.server.rounds.Rounds;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Looks again and again which payments are to be gone on with, and does so: those whose answers
/// were lost, whose nodes died, whose orders changed, and of which the provider has told. Every
/// node does; which of them goes on with what, the leases decide.
final class Reaper implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Reaper.class);
  private static final long ROUND_MILLIS = 250;
  private static final int MAX_AT_ONCE = 16;
  private static final long MAX_CLOSE_SECONDS = 5;

  private final Jdbi database;
  private final Settler settler;
  private final PaymentMetrics metrics;
  private final Set<StoredPayment.Id> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Rounds rounds;

  Reaper(Jdbi database, Settler settler, PaymentMetrics metrics) {
    this.database = database;
    this.settler = settler;
    this.metrics = metrics;
    this.rounds = Rounds.begin("holdfast-payments", ROUND_MILLIS, LOG, new Looking());
  }

  private final class Looking implements Rounds.Work {
    @Override
    public void round(boolean isLast) {
      int free = MAX_AT_ONCE - underWay.size();
      if (!isLast && free > 0) {
        database.withHandle(handle -> Payments.due(handle, free)).forEach(Reaper.this::begin);
      }
    }

    @Override
    public String failed() {
      metrics.failed();
      return "Payments could not be looked at";
    }
  }

  private void begin(StoredPayment.Id id) {
    if (underWay.add(id)) {
      threads.execute(() -> run(id));
    }
  }

  private void run(StoredPayment.Id id) {
    try {
      settler.settle(id);
    } catch (SQLException | RuntimeException e) {
      // Its lease ends by itself, and somebody goes on with it.
      metrics.failed();
      LOG.warn("Payment " + id.payment() + " is left to a later round: " + e);
      LOG.debug("A payment could not be gone on with", e);
    } finally {
      underWay.remove(id);
    }
  }

  @Override
  public void close() {
    rounds.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(MAX_CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
