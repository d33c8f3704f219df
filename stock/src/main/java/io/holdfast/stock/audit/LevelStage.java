package io.holdfast.stock.audit;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes through a tenant's levels. Those that are as they were left by the last round cost a look;
/// of the others, the movements since then are walked; or all of them, when everything is to be
/// recomputed.
final class LevelStage implements Stage {
  private final TenantId tenant;
  private final boolean isFull;
  private final int rows;
  private final Consumer<Difference> found;
  private final Consumer<LevelName> suspects;
  private final Deque<LevelName> waiting = new ArrayDeque<>();
  private LevelName cursor = LevelName.FIRST;
  private boolean isLastPage;
  private @Nullable LevelVisit visit;
  private long levels;

  /// @param rows that a step looks at, about
  /// @param suspects told of each level that is not what its ledger says
  LevelStage(
      TenantId tenant,
      boolean isFull,
      int rows,
      Consumer<Difference> found,
      Consumer<LevelName> suspects) {
    this.tenant = tenant;
    this.isFull = isFull;
    this.rows = rows;
    this.found = found;
    this.suspects = suspects;
  }

  long levels() {
    return levels;
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    if (visit == null && waiting.isEmpty()) {
      if (isLastPage) {
        return false;
      }
      readPage(snapshot);
    }
    visitSome(snapshot);
    return true;
  }

  private void readPage(Connection snapshot) throws SQLException {
    int page = Math.max(1, rows / 4);
    int seen = LevelRows.page(snapshot, tenant, cursor, page, this::take);
    isLastPage = seen < page;
    levels += seen;
  }

  private void take(LevelName level, boolean isAsAudited) {
    cursor = level;
    if (isFull || !isAsAudited) {
      waiting.add(level);
    }
  }

  /// As many as have rows enough for one step; a long one is gone on with in the next.
  private void visitSome(Connection snapshot) throws SQLException {
    for (int left = rows; left > 0 && (visit != null || !waiting.isEmpty()); ) {
      LevelVisit next = visit;
      if (next == null) {
        next = new LevelVisit(tenant, waiting.remove(), isFull, found, suspects);
      }
      left -= 1 + next.walk(snapshot, left);
      visit = next.isEnded() ? null : next;
    }
  }
}
