package io.holdfast.stock.audit;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.verify.Chain;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Walks one level's movements, and holds the level against what they come to. Both are of the same
/// snapshot in the step that reaches the end.
final class LevelVisit {
  private final LevelWalk walk;
  private final TenantId tenant;
  private final LevelName level;
  private @Nullable Chain chain;
  private boolean isMarkTrue;
  private boolean isEnded;

  LevelVisit(LevelWalk walk, LevelName level) {
    this.walk = walk;
    this.tenant = walk.tenant();
    this.level = level;
  }

  boolean isEnded() {
    return isEnded;
  }

  /// Answers how many movements it has walked.
  ///
  /// What was audited and is another now is left to the full rounds, which walk all of it and say
  /// where it breaks; its mark stays, so that every round says so again. Here only its row is held
  /// against its newest movement.
  int walk(Connection snapshot, int atMost) throws SQLException {
    Chain walked = chain;
    if (walked == null) {
      Chain.State mark = Marks.find(snapshot, tenant, level);
      isMarkTrue = isTrue(snapshot, mark);
      if (!isMarkTrue && !walk.isFull()) {
        walk.suspects().accept(level);
        isEnded = true;
        return 0;
      }
      Chain.State start = walk.isFull() ? Chain.State.start() : mark;
      walked = new Chain(tenant, level.sku(), level.location(), start, walk.found());
      walk.transfers().begin(snapshot, level);
      chain = walked;
    }
    long from = walked.state().position();
    int rows = LevelRows.walk(snapshot, walk, level, walked, atMost);
    LevelRows.compareReservations(snapshot, walk, level, from, walked.state().position());
    isEnded = rows < atMost;
    if (isMarkTrue && (isEnded || !walk.isFull())) {
      mark(snapshot, walked.state());
    }
    if (isEnded) {
      compare(snapshot, walked.state());
    }
    return rows;
  }

  /// A mark is worth what it says only if the movement at which it stands is still the same.
  private boolean isTrue(Connection snapshot, Chain.State mark) throws SQLException {
    if (mark.position() == 0) {
      return true;
    }
    Optional<byte[]> hash = LevelRows.hash(snapshot, tenant, level, mark.position());
    if (hash.isPresent() && Arrays.equals(hash.get(), mark.hash())) {
      return true;
    }
    HexFormat hex = HexFormat.of();
    walk.found()
        .accept(
            new Difference(
                "movement is the one that was audited",
                level + " position " + mark.position(),
                hex.formatHex(mark.hash()),
                hash.map(hex::formatHex).orElse("none")));
    return false;
  }

  private void mark(Connection snapshot, Chain.State state) throws SQLException {
    if (!Marks.find(snapshot, tenant, level).isSame(state)) {
      Marks.set(snapshot, tenant, level, state);
    }
  }

  private void compare(Connection snapshot, Chain.State ledger) throws SQLException {
    Optional<Chain.State> row = LevelRows.read(snapshot, tenant, level);
    if (row.isEmpty() || !row.get().isSame(ledger)) {
      walk.suspects().accept(level);
    }
  }
}
