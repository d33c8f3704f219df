package io.holdfast.stock.control;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.store.Reservations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// Finds reservations whose time is up and asks the engine to expire them, like any other command:
/// in the lane, decided afresh by the database's clock. Every node sweeps, so none is needed; one
/// that comes second is refused and changes nothing.
final class Sweeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
  private static final int AT_MOST = 2_000;
  private static final Actor ACTOR = new Actor("sweeper");

  private final DataSource database;
  private final StockEngine engine;
  private final ScheduledThreadPoolExecutor clock;

  Sweeper(DataSource database, StockEngine engine, Duration interval) {
    this.database = database;
    this.engine = engine;
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("holdfast-sweeper").factory());
    if (interval.isPositive()) {
      var _ =
          clock.scheduleWithFixedDelay(
              this::sweep, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Works off the whole backlog, part by part. What fails is found again the next time.
  private void sweep() {
    try {
      List<Reservations.Due> due = due();
      while (!due.isEmpty()) {
        boolean all = expire(due);
        due = all && due.size() == AT_MOST && !clock.isShutdown() ? due() : List.of();
      }
    } catch (SQLException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "could not sweep, will try again", e);
    }
  }

  private List<Reservations.Due> due() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Reservations.due(connection, AT_MOST);
    }
  }

  /// Answers whether all of them got an answer.
  private boolean expire(List<Reservations.Due> due) {
    List<CompletableFuture<Answer>> answers =
        due.stream()
            .map(
                one ->
                    engine
                        .submit(new Command.Expire(one.reservation()), Call.by(one.tenant(), ACTOR))
                        .toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .handle(
            (_, failure) -> {
              if (failure != null) {
                LOG.log(System.Logger.Level.DEBUG, "some were not expired yet", failure);
              }
              return failure == null;
            })
        .join();
  }

  @Override
  public void close() {
    clock.shutdown();
  }
}
