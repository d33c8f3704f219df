package io.holdfast.proof.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is broken on purpose while buyers go on, and mended before the next thing is.
public enum Breakage {
  KILL_NODE("kill -9 of a node, which is started again"),
  RESTART_NODES("all nodes are stopped and started again, one after the other"),
  PAUSE_NODE("a node stands still for 1 to 3 s"),
  KILL_DATABASE("kill -9 of the whole PostgreSQL"),
  KILL_BACKEND("kill -9 of one of its backends, at which it starts anew"),
  PAUSE_DATABASE("PostgreSQL stands still for 1 to 3 s"),
  KILL_BOTH("kill -9 of a node and of PostgreSQL at once"),
  CUT_CONNECTIONS("all connections from the nodes to PostgreSQL are cut"),
  CUT_AT_COMMIT(
      "connections are cut at COMMIT: before PostgreSQL has it, or before it is answered"),
  SLOW_DATABASE("whatever goes to PostgreSQL takes 5 to 20 ms longer, for 2 s"),
  HOLD_ROWS("a foreign transaction holds the rows of the stock for 1 to 3 s");

  private final String summary;

  Breakage(String summary) {
    this.summary = summary;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String summary() {
    return summary;
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
