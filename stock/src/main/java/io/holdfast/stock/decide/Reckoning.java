package io.holdfast.stock.decide;

import io.holdfast.stock.StockCount;
import java.util.ArrayList;
import java.util.List;

/// What a level must be by everything but its own row.
///
/// @param ledger what its newest movement left behind, with the safety stock that was set last
/// @param claimed what the held reservations have of it
public record Reckoning(StockCount ledger, long claimed) {

  /// What speaks against a level with this count, in words; nothing: it is as it must be.
  public List<String> objections(StockCount count) {
    List<String> objections = new ArrayList<>();
    object(objections, "on_hand", count.onHand(), "the ledger", ledger.onHand());
    object(objections, "reserved", count.reserved(), "the ledger", ledger.reserved());
    object(objections, "safety_stock", count.safetyStock(), "the ledger", ledger.safetyStock());
    object(objections, "version", count.version(), "the ledger", ledger.version());
    object(objections, "reserved", count.reserved(), "the held reservations", claimed);
    return objections;
  }

  private static void object(List<String> objections, String what, long is, String who, long says) {
    if (is != says) {
      objections.add("%s is %d, and by %s %d".formatted(what, is, who, says));
    }
  }

  /// The same after a movement that follows.
  Reckoning after(LevelChange change) {
    return new Reckoning(change.after(), Math.addExact(claimed, change.reservedChange()));
  }
}
