package io.holdfast.stock.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Levels that are to be walked, one after the other.
final class LevelVisits {
  private final LevelWalk walk;
  private final Deque<LevelName> waiting = new ArrayDeque<>();
  private @Nullable LevelVisit visit;

  LevelVisits(LevelWalk walk) {
    this.walk = walk;
  }

  void add(LevelName level) {
    waiting.add(level);
  }

  /// Whether none is left.
  boolean isEmpty() {
    return visit == null && waiting.isEmpty();
  }

  /// Walks as many as have rows enough for one step; a long one is gone on with in the next.
  void walkSome(Connection snapshot, int rows) throws SQLException {
    for (int left = rows; left > 0 && !isEmpty(); ) {
      LevelVisit next = visit;
      if (next == null) {
        next = new LevelVisit(walk, waiting.remove());
      }
      left -= 1 + next.walk(snapshot, left);
      visit = next.isEnded() ? null : next;
    }
  }
}
