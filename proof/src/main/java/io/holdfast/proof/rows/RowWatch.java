package io.holdfast.proof.rows;

import io.holdfast.proof.checker.Effects;
import io.holdfast.proof.checker.RowFindings;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Looks at the rows of some items again and again while a run goes on, and once more when all is
/// quiet. What it finds is kept, each finding once.
public final class RowWatch implements AutoCloseable {

  private static final long PAUSE_NANOS_MIN = 100_000_000;

  /// So many times as long as a look takes, it rests: it shares the machine with the shop.
  private static final int REST_FACTOR = 4;

  private final Database database;
  private final List<String> skus;
  private final boolean isPatient;
  private final Set<String> oversold = new LinkedHashSet<>();
  private final Set<String> unbalanced = new LinkedHashSet<>();
  private final Set<String> vanished = new LinkedHashSet<>();
  private final Set<String> partial = new LinkedHashSet<>();
  private final Set<String> overdue = new LinkedHashSet<>();
  private final Thread thread;
  private int snapshots;
  private volatile boolean isOver;
  private volatile @Nullable SQLException failure;

  private RowWatch(Database database, List<String> skus, boolean isPatient) {
    this.database = database;
    this.skus = List.copyOf(skus);
    this.isPatient = isPatient;
    this.thread = Thread.ofPlatform().daemon().name("rows").unstarted(this::watch);
  }

  public static RowWatch start(Database database, List<String> skus) {
    return start(new RowWatch(database, skus, false));
  }

  /// Goes on when the database is away for a while.
  public static RowWatch startPatient(Database database, List<String> skus) {
    return start(new RowWatch(database, skus, true));
  }

  private static RowWatch start(RowWatch watch) {
    watch.thread.start();
    return watch;
  }

  /// Everything found, with a last look and the guards. Ends the watching.
  public RowFindings findings() throws SQLException {
    close();
    SQLException failed = failure;
    if (failed != null) {
      throw failed;
    }
    try (TenantSession session = database.connectToTenantOf(skus.getFirst())) {
      look(session);
      return new RowFindings.Asked(
          snapshots,
          List.copyOf(oversold),
          List.copyOf(unbalanced),
          List.copyOf(vanished),
          List.copyOf(partial),
          List.copyOf(overdue),
          Guards.missing(session));
    }
  }

  /// What the run left behind.
  public Effects effects(String customersOf) throws SQLException {
    try (TenantSession session = database.connectToTenantOf(skus.getFirst())) {
      return new Effects.All(Reservations.of(session, customersOf));
    }
  }

  @Override
  public void close() {
    isOver = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    do {
      watchOneSession();
      LockSupport.parkNanos(PAUSE_NANOS_MIN);
    } while (isPatient && !isOver);
  }

  private void watchOneSession() {
    try (TenantSession session = database.connectToTenantOf(skus.getFirst())) {
      while (!isOver) {
        long start = System.nanoTime();
        look(session);
        long tookNanos = System.nanoTime() - start;
        LockSupport.parkNanos(Math.max(PAUSE_NANOS_MIN, tookNanos * REST_FACTOR));
      }
    } catch (SQLException failed) {
      if (!isPatient) {
        failure = failed;
      }
    }
  }

  private void look(TenantSession session) throws SQLException {
    Snapshot snapshot = Snapshot.take(session, skus);
    snapshots++;
    oversold.addAll(snapshot.oversold());
    unbalanced.addAll(snapshot.unbalanced());
    vanished.addAll(snapshot.vanished());
    partial.addAll(snapshot.partial());
    overdue.addAll(snapshot.overdue());
  }
}
