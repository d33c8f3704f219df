package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Refusal.Shortage;
import io.holdfast.stock.StockCount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides the correction of a level: what is on hand as somebody has counted it, what is reserved
/// as the held reservations have it, and all of it as the next movement after the ledger's newest,
/// whatever stands in the level's own row.
final class Correction {
  private Correction() {}

  static Decision of(StockView view, Command.Correct correct, Instant now) {
    LevelKey level = new LevelKey(correct.sku(), correct.location());
    Optional<Refusal> unknown =
        Supply.notTracked(view, level.sku()).or(() -> Supply.unknown(view, level.location()));
    if (unknown.isPresent()) {
      return Decision.refused(unknown.get());
    }
    Optional<Reckoning> found = view.reckoning(level);
    if (found.isEmpty()) {
      return Decision.refused(new Refusal.NoStockRecord(level.sku(), level.location()));
    }
    Reckoning reckoning = found.get();
    if (reckoning.claimed() > correct.onHand()) {
      return Decision.refused(tooLittle(level, correct.onHand(), reckoning));
    }
    StockCount ledger = reckoning.ledger();
    StockCount after =
        new StockCount(
            correct.onHand(), reckoning.claimed(), ledger.version() + 1, ledger.safetyStock());
    LevelChange change =
        new LevelChange(
            level,
            MovementKind.CORRECT,
            after.onHand() - ledger.onHand(),
            after.reserved() - ledger.reserved(),
            after,
            null,
            correct.reason(),
            null);
    return new Decision(
        new Outcome.Corrected(
            level.sku(), level.location(), change.onHandChange(), after, correct.reason(), now),
        new Changes(List.of(change), List.of()));
  }

  /// What is promised can't be more than there is. Somebody has to be disappointed first, and that
  /// is not for a correction to choose.
  private static Refusal tooLittle(LevelKey level, long counted, Reckoning reckoning) {
    StockCount count =
        new StockCount(
            counted,
            reckoning.claimed(),
            reckoning.ledger().version(),
            reckoning.ledger().safetyStock());
    return new Refusal.InsufficientStock(
        List.of(new Shortage(level.sku(), level.location(), reckoning.claimed(), counted, count)));
  }
}
