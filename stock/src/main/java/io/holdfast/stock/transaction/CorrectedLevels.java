package io.holdfast.stock.transaction;

import io.holdfast.stock.Command;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.StockView;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.Reckonings;
import io.holdfast.stock.store.RoundTrip;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The levels that a transaction's commands correct. What each must be is read after its row, by
/// which a correction goes on whatever stands there.
record CorrectedLevels(List<LevelKey> levels) {
  static final CorrectedLevels NONE = new CorrectedLevels(List.of());

  static CorrectedLevels of(List<Request> requests) {
    return new CorrectedLevels(
        requests.stream().flatMap(request -> corrected(request.command())).distinct().toList());
  }

  static boolean isAnyOf(Request request) {
    return corrected(request.command()).findAny().isPresent();
  }

  private static Stream<LevelKey> corrected(Command command) {
    if (command instanceof Command.Together(List<Command> parts)) {
      return parts.stream().flatMap(CorrectedLevels::corrected);
    }
    return command instanceof Command.Correct correct
        ? Stream.of(new LevelKey(correct.sku(), correct.location()))
        : Stream.empty();
  }

  /// A correction has no guard that could take the row.
  Locking locking(Locking ofControl) {
    return ofControl == Locking.GUARD && !levels.isEmpty() ? Locking.WAIT : ofControl;
  }

  void add(RoundTrip trip, TenantId tenant) {
    for (LevelKey level : levels) {
      Reckonings.read(trip, tenant, level.sku().value(), level.location().value());
    }
  }

  /// @param chains gets the newest hash of each, as the ledger has it
  void take(RoundTrip trip, StockView view, Map<LevelKey, byte[]> chains) throws SQLException {
    for (LevelKey level : levels) {
      Reckonings.found(trip)
          .ifPresent(
              found -> {
                view.putReckoning(level, found.reckoning());
                chains.put(level, found.hash());
              });
    }
  }
}
