package io.holdfast.stock.audit;

import java.sql.Connection;
import java.sql.SQLException;

/// Goes through a tenant's levels. Those that are as they were left by the last round cost a look;
/// of the others, the movements since then are walked; or all of them, when everything is to be
/// recomputed.
final class LevelStage implements Stage {
  private final LevelWalk walk;
  private final int rows;
  private final LevelVisits visits;
  private LevelName cursor = LevelName.FIRST;
  private boolean isLastPage;
  private long levels;

  /// @param rows that a step looks at, about
  LevelStage(LevelWalk walk, int rows) {
    this.walk = walk;
    this.rows = rows;
    this.visits = new LevelVisits(walk);
  }

  long levels() {
    return levels;
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    if (visits.isEmpty()) {
      readPage(snapshot);
    }
    visits.walkSome(snapshot, rows);
    boolean isMore = !visits.isEmpty() || !isLastPage;
    if (!isMore) {
      walk.transfers().end(snapshot);
    }
    return isMore;
  }

  private void readPage(Connection snapshot) throws SQLException {
    int page = Math.max(1, rows / 4);
    int seen = LevelRows.page(snapshot, walk.tenant(), cursor, page, this::take);
    isLastPage = seen < page;
    levels += seen;
  }

  private void take(LevelName level, boolean isAsAudited) {
    cursor = level;
    if (walk.isFull() || !isAsAudited) {
      visits.add(level);
    }
  }
}
