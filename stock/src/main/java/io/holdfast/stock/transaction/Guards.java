package io.holdfast.stock.transaction;

import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Decision;
import io.holdfast.stock.decide.Guard;
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
///
/// Most commands say themselves what they do to which level. The others are tried first, on rows
/// that nobody holds; then what the trial came to is guarded, and a decision that comes to
/// something else afterwards was overtaken.
final class Guards {
  private final Map<LevelKey, Guard> applied = new HashMap<>();
  private List<Guard> guards = List.of();
  private boolean isTried;

  void know(List<Guard> known) {
    guards = known;
  }

  void know(Decision trial) {
    guards = Guard.of(trial);
    isTried = true;
  }

  void add(RoundTrip trip, TenantId tenant) {
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
            count.version(),
            count.safetyStock());
  }

  /// Holds a decision and its guards to each other, level by level: two ways of saying the same
  /// must not come to different ends. A level that had too little when it was guarded, and enough
  /// when it was read, has changed in between. A refusal needs no guard: all of them are rolled
  /// back.
  void hold(Decision decision, StockView view) {
    if (decision.outcome() instanceof Refusal refusal) {
      if (!isTried && !guards.isEmpty() && applied.size() == guards.size() && isLack(refusal)) {
        throw violated("guarded, and then refused: " + refusal);
      }
      return;
    }
    if (guards.isEmpty() && !isTried) {
      return;
    }
    Map<LevelKey, Guard> unused = new HashMap<>(applied);
    for (Guard decided : Guard.of(decision)) {
      Guard guard = applied.get(decided.level());
      unused.remove(decided.level());
      if (guard == null && view.level(decided.level()).isPresent()) {
        throw Overtaken.byAChange();
      }
      if (guard != null && !guard.isAs(decided)) {
        throw differs(decision.outcome(), guard);
      }
    }
    for (Guard guard : unused.values()) {
      throw differs(decision.outcome(), guard);
    }
  }

  private RuntimeException differs(Outcome outcome, Guard guard) {
    return isTried
        ? Overtaken.byAChange()
        : violated(guard + " is not what was decided: " + outcome);
  }

  private static StockFailure violated(String what) {
    return new StockFailure(StockFailure.Code.INVARIANT_VIOLATED, what);
  }

  private static boolean isLack(Refusal refusal) {
    return refusal instanceof Refusal.InsufficientStock
        || refusal instanceof Refusal.BalanceOutOfRange;
  }
}
