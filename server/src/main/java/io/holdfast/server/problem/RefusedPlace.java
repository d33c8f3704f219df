package io.holdfast.server.problem;

import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Sku;
import java.util.List;
import java.util.Optional;

/// The place in a request that the engine refused: a pure function of the two.
public final class RefusedPlace {
  private RefusedPlace() {}

  /// Empty when the request as a whole was refused.
  public static Optional<String> of(Command command, Refusal refusal) {
    return switch (refusal) {
      case Refusal.KeyReused() -> Optional.of("Idempotency-Key");
      case Refusal.UnknownItem(var sku) -> sku(command, sku);
      case Refusal.ItemNotTracked(var sku) -> sku(command, sku);
      case Refusal.NoStockRecord(var sku, _) -> sku(command, sku);
      case Refusal.BalanceOutOfRange(var sku, _) -> quantity(command, sku);
      case Refusal.LimitExceeded exceeded -> quantity(command, exceeded.limit().sku());
      case Refusal.TooManyReservations _ -> Optional.of("customer");
      case Refusal.InsufficientStock(var shortages) ->
          quantity(command, shortages.getFirst().sku());
      case Refusal.MoreThanReserved(_, var excesses) ->
          named(command).map(lines -> line(lines, excesses.getFirst().sku()) + "quantity");
      case Refusal.UnknownLocation _, Refusal.RefusedByParticipant _, Refusal.VersionConflict _ ->
          Optional.empty();
      case Refusal.UnknownReservation _ when command instanceof Command.Reserve ->
          Optional.of("replaces");
      case Refusal.UnknownReservation _,
          Refusal.ReservationNotHeld _,
          Refusal.ReservationNotCommitted _,
          Refusal.ReservationExpired _,
          Refusal.ReservationNotDue _ ->
          Optional.of("id");
    };
  }

  private static Optional<String> sku(Command command, Sku sku) {
    return Optional.of(line(command, sku) + "sku");
  }

  private static Optional<String> quantity(Command command, Sku sku) {
    return Optional.of(line(command, sku) + "quantity");
  }

  /// The first line of the item; nothing where the address names the item.
  private static String line(Command command, Sku sku) {
    return named(command).map(lines -> line(lines, sku)).orElse("");
  }

  /// The lines that the command names; none where the item stands in the address, or all lines of a
  /// reservation are meant.
  private static Optional<List<Line>> named(Command command) {
    List<Line> lines =
        switch (command) {
          case Command.Reserve reserve -> reserve.lines();
          case Command.Purchase purchase -> purchase.lines();
          case Command.Change change -> change.lines();
          case Command.Commit commit -> commit.part();
          case Command.Return back -> back.lines();
          case Command.Receive _,
              Command.Adjust _,
              Command.Count _,
              Command.Transfer _,
              Command.SetSafetyStock _,
              Command.Release _,
              Command.Extend _,
              Command.Expire _ ->
              List.of();
        };
    return Optional.of(lines).filter(named -> !named.isEmpty());
  }

  private static String line(List<Line> lines, Sku sku) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).sku().equals(sku)) {
        return "lines[" + i + "].";
      }
    }
    throw new IllegalStateException("refused for an item that no line names: " + sku);
  }
}
