package io.holdfast.stock;

import io.holdfast.stock.control.ControlledEngine;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/// Decides commands on stock. Safe for any number of threads; any number of engines, in any number
/// of processes, may share one database.
///
/// An [Outcome] that is not a [Refusal] is durable when the stage completes: it was committed by
/// the database before. A stage completes exceptionally with a [StockFailure] only. Then nothing
/// took effect, but for [StockFailure.Code#OUTCOME_UNKNOWN].
///
/// With an [IdempotencyKey] a command has its effect once, however often and at whatever engine it
/// is submitted, and each time the first answer. Without one, twice is twice.
///
/// Interrupts change nothing. A caller that is interrupted while it waits for the stage has stopped
/// waiting, and no more: the command goes on.
public interface StockEngine extends AutoCloseable {

  /// Never blocks: the command waits in a bounded lane, and past the lane's capacity or the call's
  /// patience the answer is a failure of category BUSY, as it is once the engine closes. The stage
  /// is completed on an engine's thread, so what is chained to it must not block.
  ///
  /// @throws IllegalArgumentException if the call is only of one customer, and the command reserves
  ///   or buys for another one
  CompletionStage<Answer> submit(Command command, Call call);

  /// Opens an engine on a migrated database. Every connection of `database` must work under a role
  /// that has been granted `holdfast_app`.
  static StockEngine open(DataSource database, EngineSettings settings) {
    return new ControlledEngine(
        Objects.requireNonNull(database, "database"), Objects.requireNonNull(settings, "settings"));
  }

  /// Refuses new commands, lets those in flight finish, and returns when all are answered, also
  /// when it is called again, or by a thread that is interrupted, whose interrupt is kept.
  ///
  /// @throws IllegalStateException on a thread of the engine's own, where a stage is completed: it
  ///   would wait for itself
  @Override
  void close();
}
