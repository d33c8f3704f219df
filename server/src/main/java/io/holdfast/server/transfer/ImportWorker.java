package io.holdfast.server.transfer;

import io.holdfast.server.catalog.ItemBatch;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.rounds.Rounds;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.transfer.Imports.Due;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockJoiner;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// Goes on with what was brought in, import after import, each for a while, so that a long one
/// keeps no other waiting. Every node does so: who has taken one has it until its lease is over,
/// and when it is killed meanwhile, another goes on from the last step that was committed.
public final class ImportWorker implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ImportWorker.class);
  private static final long ROUND_MILLIS = 250;
  private static final long MAX_TURN_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// Without coming any further. What is wrong then is wrong for good.
  private static final int MAX_ATTEMPTS = 20;

  private final Jdbi database;
  private final TenantScope tenants;
  private final ImportMetrics metrics = new ImportMetrics();
  private final ImportSteps steps;
  private final UUID worker = UUID.randomUUID();
  private final Rounds rounds;
  private volatile boolean isClosing;

  private ImportWorker(Jdbi database, TenantScope tenants, StockJoiner engine, Trail trail) {
    this.database = database;
    this.tenants = tenants;
    BooleanSupplier isStopping = () -> isClosing;
    this.steps =
        new ImportSteps(database, tenants, new StockPages(engine), trail, metrics, isStopping);
    this.rounds = Rounds.begin("holdfast-imports", ROUND_MILLIS, LOG, new Importing());
  }

  /// Begins; closing it leaves to others what is not done.
  public static ImportWorker open(
      Jdbi database, TenantScope tenants, StockJoiner engine, Trail trail) {
    return new ImportWorker(database, tenants, engine, trail);
  }

  private final class Importing implements Rounds.Work {
    @Override
    public void round(boolean isLast) {
      boolean isMore = true;
      while (isMore && !isClosing) {
        isMore = false;
        for (Due due : database.withHandle(Imports::due)) {
          isMore |= !isClosing && goOn(due);
        }
      }
    }

    @Override
    public String failed() {
      metrics.failedRound();
      return "Imports could not be gone on with";
    }
  }

  /// @return whether there is more to be done with it at once
  private boolean goOn(Due due) {
    if (!tenants.inTransaction(due.tenant(), handle -> Imports.take(handle, due, worker))) {
      return false;
    }
    metrics.begun();
    try {
      boolean isMore = goOnForAWhile(due);
      leave(due, 0);
      return isMore;
    } catch (StockFailure | ItemBatch.Overtaken | StockPages.Overtaken | InTheWay e) {
      LOG.debug("an import comes again later", e);
      leave(due, 1);
      return false;
    } catch (ImportSteps.Stopped stopped) {
      LOG.debug("an import is left", stopped);
      leave(due, 0);
      return false;
    } finally {
      metrics.ended();
    }
  }

  private void leave(Due due, int seconds) {
    tenants.inTransaction(
        due.tenant(),
        handle -> {
          Imports.leave(handle, due, worker, seconds);
          return true;
        });
  }

  /// An import and somebody else were in each other's way.
  private static final class InTheWay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// A deadlock, and a lock that was not to be had in time.
    private static final Set<String> STATES = Set.of("40P01", "55P03");

    private InTheWay(Throwable cause) {
      super(cause);
    }

    static boolean isOne(JdbiException e) {
      return e.getCause() instanceof SQLException cause
          && STATES.contains(String.valueOf(cause.getSQLState()));
    }
  }

  private boolean goOnForAWhile(Due due) {
    long begun = System.nanoTime();
    try {
      boolean isMore = true;
      while (isMore && !isClosing && System.nanoTime() - begun < MAX_TURN_NANOS) {
        isMore = steps.step(due, worker, MAX_ATTEMPTS);
      }
      return isMore;
    } catch (JdbiException e) {
      throw InTheWay.isOne(e) ? new InTheWay(e) : e;
    } catch (SQLException e) {
      throw new IllegalStateException("an import could not be gone on with", e);
    }
  }

  @Override
  public void close() {
    isClosing = true;
    rounds.close();
  }
}
