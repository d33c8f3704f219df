package io.holdfast.stock.transaction;

import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Decision;
import io.holdfast.stock.decide.Guard;
import io.holdfast.stock.decide.LevelChange;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.StockView;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.StockLevels;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The guarded updates of one command, which come before its decision, and what became of them.
/// There are none but under the `conditional` control.
final class Guards {
  private final Map<LevelKey, Guard> applied = new HashMap<>();
  private List<Guard> guards = List.of();

  void add(RoundTrip trip, TenantId tenant, Command command, StockView view) {
    guards = Guard.of(command, view);
    guards.forEach(guard -> StockLevels.guard(trip, tenant, guard));
  }

  void take(RoundTrip trip) throws SQLException {
    for (Guard guard : guards) {
      if (trip.count() == 1) {
        applied.put(guard.level(), guard);
      }
    }
  }

  /// What a level was that is read now: a guard has changed its row already.
  StockCount before(LevelKey key, StockCount count) {
    Guard guard = applied.get(key);
    return guard == null
        ? count
        : new StockCount(
            count.onHand() - guard.onHandChange(),
            count.reserved() - guard.reservedChange(),
            count.version());
  }

  /// Holds a decision and its guards to each other, level by level: two ways of saying the same
  /// must not come to different ends. A level that had too little when it was guarded, and enough
  /// when it was read, has changed in between.
  void hold(Decision decision, StockView view) {
    if (guards.isEmpty()) {
      return;
    }
    if (applied.size() == guards.size() && isForLackOfStock(decision.outcome())) {
      throw new StockFailure(
          StockFailure.Code.INVARIANT_VIOLATED, "guarded, and then refused: " + decision.outcome());
    }
    for (LevelChange change : decision.changes().levels()) {
      Guard guard = applied.get(change.level());
      if (guard == null && view.level(change.level()).isPresent()) {
        throw Overtaken.byAChange();
      }
      if (guard != null && !isTheSame(guard, change)) {
        throw new StockFailure(
            StockFailure.Code.INVARIANT_VIOLATED, guard + " is not what was decided: " + change);
      }
    }
  }

  private static boolean isTheSame(Guard guard, LevelChange change) {
    return guard.onHandChange() == change.onHandChange()
        && guard.reservedChange() == change.reservedChange();
  }

  private static boolean isForLackOfStock(Outcome outcome) {
    return outcome instanceof Refusal.InsufficientStock
        || outcome instanceof Refusal.BalanceOutOfRange;
  }
}
