package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Refusal.Shortage;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// That a level was found to be other than its ledger says: why, and since when. Nothing moves on
/// it then but its correction. Whatever else did would write the wrong number into the ledger, and
/// there nobody can put it right.
///
/// @param reason what was found, in words
public record Quarantine(String reason, Instant since) {

  /// The decision as it is, or a refusal in its place: because it would move something on a
  /// quarantined level, or because it refuses by numbers that are not to be believed.
  static Decision over(StockView view, Command command, Decision decision) {
    if (!view.hasQuarantines() || isExempt(command)) {
      return decision;
    }
    return Stream.concat(
            decision.changes().levels().stream().map(LevelChange::level),
            doubted(view, decision.outcome()))
        .flatMap(level -> refusal(view, level).stream())
        .findFirst()
        .map(Decision::refused)
        .orElse(decision);
  }

  /// Of commands that are done together each has been looked at on what the ones before it left.
  private static boolean isExempt(Command command) {
    return command instanceof Command.Correct || command instanceof Command.Together;
  }

  /// The levels whose numbers a refusal is about.
  private static Stream<LevelKey> doubted(StockView view, Outcome outcome) {
    if (outcome instanceof Refusal.InsufficientStock(var shortages)) {
      return shortages.stream().flatMap(shortage -> levels(view, shortage));
    }
    return outcome instanceof Refusal.BalanceOutOfRange(var sku, var location)
        ? Stream.of(new LevelKey(sku, location))
        : Stream.empty();
  }

  private static Stream<LevelKey> levels(StockView view, Shortage shortage) {
    @Nullable LocationId location = shortage.location();
    return location == null
        ? view.levelsOf(shortage.sku()).keySet().stream()
            .map(each -> new LevelKey(shortage.sku(), each))
        : Stream.of(new LevelKey(shortage.sku(), location));
  }

  private static Optional<Refusal> refusal(StockView view, LevelKey level) {
    return view.quarantine(level)
        .map(
            found ->
                new Refusal.LevelQuarantined(
                    level.sku(), level.location(), found.reason, found.since));
  }
}
