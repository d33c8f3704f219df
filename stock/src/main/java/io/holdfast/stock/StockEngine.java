package io.holdfast.stock;

import io.holdfast.stock.control.ControlledEngine;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;

/// Decides commands on stock. Safe for any number of threads; any number of engines, in any number
/// of processes, may share one database.
///
/// An [Outcome] that is not a [Refusal] is durable when the stage completes: it was committed by
/// the database before. A stage completes exceptionally with a [StockFailure] only.
public interface StockEngine extends AutoCloseable {

  /// Never blocks: the command waits in a bounded lane, and past the lane's capacity or the call's
  /// patience the answer is a failure of category BUSY. The stage is completed on an engine's
  /// thread, so what is chained to it must not block.
  CompletionStage<Answer> submit(Command command, Call call);

  /// Opens an engine on a migrated database. Every connection of `database` must work under a role
  /// that has been granted `holdfast_app`.
  static StockEngine open(DataSource database, EngineSettings settings) {
    return new ControlledEngine(
        Objects.requireNonNull(database, "database"), Objects.requireNonNull(settings, "settings"));
  }

  /// Refuses new commands, lets those in flight finish, and returns when all are answered.
  @Override
  void close();
}
