package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockedLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides receive and adjust: what comes in, and corrections.
final class Supply {
  /// The largest integer that every JSON reader keeps exact (2^53 - 1).
  static final long MAX_ON_HAND = 9_007_199_254_740_991L;

  private Supply() {}

  static Decision receive(StockView view, Command.Receive receive, Instant now) {
    Line line = receive.line();
    LevelKey level = new LevelKey(line.sku(), line.location());
    Optional<Refusal> refusal = unstockable(view, line.sku());
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    if (!view.hasLocation(line.location())) {
      return Decision.refused(new Refusal.UnknownLocation(line.location()));
    }
    long onHand = view.level(level).map(StockCount::onHand).orElse(0L);
    if (onHand > MAX_ON_HAND - line.quantity()) {
      return Decision.refused(new Refusal.BalanceOutOfRange(line.sku(), line.location()));
    }
    LevelChange change = Claim.change(view, level, MovementKind.RECEIVE, line.quantity(), 0);
    return new Decision(
        new Outcome.Received(
            new StockedLine(line.sku(), line.location(), line.quantity(), change.after()),
            receive.reason(),
            now),
        new Changes(List.of(change), null));
  }

  static Decision adjust(StockView view, Command.Adjust adjust, Instant now) {
    Sku sku = adjust.sku();
    LocationId location = adjust.location();
    LevelKey level = new LevelKey(sku, location);
    Optional<Refusal> refusal = unstockable(view, sku);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Optional<StockCount> found = view.level(level);
    if (found.isEmpty()) {
      return Decision.refused(new Refusal.NoStockRecord(sku, location));
    }
    StockCount count = found.get();
    if (count.available() < -adjust.change()) {
      return Decision.refused(
          new Refusal.InsufficientStock(
              List.of(new Refusal.Shortage(sku, location, -adjust.change(), count))));
    }
    if (count.onHand() > MAX_ON_HAND - adjust.change()) {
      return Decision.refused(new Refusal.BalanceOutOfRange(sku, location));
    }
    LevelChange change = Claim.change(view, level, MovementKind.ADJUST, adjust.change(), 0);
    return new Decision(
        new Outcome.Adjusted(sku, location, adjust.change(), change.after(), adjust.reason(), now),
        new Changes(List.of(change), null));
  }

  private static Optional<Refusal> unstockable(StockView view, Sku sku) {
    Optional<Boolean> tracked = view.tracked(sku);
    if (tracked.isEmpty()) {
      return Optional.of(new Refusal.UnknownItem(sku));
    }
    return tracked.get() ? Optional.empty() : Optional.of(new Refusal.ItemNotTracked(sku));
  }
}
