package io.holdfast.proof.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is broken on purpose while buyers go on, and mended before the next thing is.
public enum Breakage {
  /// kill -9 of a node, which is started again.
  KILL_NODE,
  /// All nodes are stopped and started again, one after the other.
  RESTART_NODES,
  /// A node stands still.
  PAUSE_NODE,
  /// kill -9 of the whole PostgreSQL.
  KILL_DATABASE,
  /// kill -9 of one of its backends, at which it starts anew.
  KILL_BACKEND,
  /// PostgreSQL stands still.
  PAUSE_DATABASE,
  /// kill -9 of a node and of PostgreSQL at once.
  KILL_BOTH,
  /// All connections from the nodes to PostgreSQL are cut.
  CUT_CONNECTIONS,
  /// Connections are cut at COMMIT: before PostgreSQL has it, or before it is answered.
  CUT_AT_COMMIT,
  /// Whatever goes to PostgreSQL takes longer.
  SLOW_DATABASE,
  /// A foreign transaction holds the rows of the stock.
  HOLD_ROWS;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether calls are surely left without an answer.
  public boolean losesAnswers() {
    return this == KILL_NODE || this == KILL_BOTH;
  }

  public static Optional<Breakage> named(String word) {
    return Arrays.stream(values()).filter(breakage -> breakage.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Breakage::word).toList();
  }
}
