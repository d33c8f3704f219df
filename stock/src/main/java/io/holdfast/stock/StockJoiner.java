package io.holdfast.stock;

import io.holdfast.stock.transaction.Joiner;
import java.sql.Connection;
import java.util.Objects;

/// Decides a command inside a transaction of the caller's own: what the caller writes and what the
/// command moves commit together, or not at all. Safe for any number of threads, each with a
/// connection of its own; works beside any number of engines.
///
/// **What it costs.** The command is decided under row locks, alone, and they are kept until the
/// caller's transaction ends: everybody who wants the same stock waits for that, whatever control
/// the engine has. It takes three round trips, where the engine shares two among all who have
/// gathered, and a savepoint, of which PostgreSQL keeps 64 per transaction at hand. Rows that need
/// not be written by the caller are better left to a [Participant].
///
/// **What the caller sees to.** The transaction is READ COMMITTED, under a role that has been
/// granted `holdfast_app`. It commits soon. Several commands in one transaction lock in the order
/// in which they are asked; callers that ask in different orders meet in a deadlock, of which the
/// database ends one.
public interface StockJoiner {

  /// Of the settings, it is the participants, the observer, the limits of a wait for a row, of a
  /// statement and of a transaction, and the number of retries that count here. The participants
  /// are to be those of the engine.
  static StockJoiner of(EngineSettings settings) {
    return new Joiner(Objects.requireNonNull(settings, "settings"));
  }

  /// Decides the command and writes what it moves. The answer is durable, and its idempotency key
  /// bound, once the caller has committed; if the caller rolls back, it was never asked.
  ///
  /// A [Refusal], a repeated answer and a failure leave the transaction as it was: nothing written,
  /// no lock kept, fit to go on and to commit. Only when the connection is lost, the transaction is
  /// lost with it. In any case the settings of the session are what they were, the tenant included.
  ///
  /// Blocks, for no longer than the call's patience and [EngineSettings#transactionTimeout].
  ///
  /// @param transaction an open one, with auto-commit off
  /// @throws IllegalArgumentException when the connection is in auto-commit mode, or the
  ///   transaction under another isolation level
  /// @throws StockFailure when it could not be decided; of the category BUSY also when a deadlock
  ///   was ended here: then the caller does best to roll back and begin again
  Answer decide(Connection transaction, Command command, Call call);
}
