package io.holdfast.server.problem;

import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Sku;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The place in a request that the engine refused: a pure function of the two.
public final class RefusedPlace {
  private RefusedPlace() {}

  /// Empty when the request as a whole was refused.
  public static Optional<String> of(Command command, Refusal refusal) {
    return switch (refusal) {
      case Refusal.KeyReused() -> Optional.of("Idempotency-Key");
      case Refusal.UnknownItem(var sku) -> named(command, sku, "sku");
      case Refusal.ItemNotTracked(var sku) -> named(command, sku, "sku");
      case Refusal.UnknownLocation _ ->
          Optional.of(command instanceof Command.Transfer ? "to" : "location");
      case Refusal.NoStockRecord(var sku, var location) -> noRecord(command, sku, location);
      case Refusal.BalanceOutOfRange(var sku, var location) -> quantity(command, sku, location);
      case Refusal.LevelQuarantined quarantined ->
          noRecord(command, quarantined.sku(), quarantined.location());
      case Refusal.LimitExceeded exceeded -> quantity(command, exceeded.limit().sku(), null);
      case Refusal.TooManyReservations _ -> Optional.of("customer");
      case Refusal.InsufficientStock(var shortages) ->
          quantity(command, shortages.getFirst().sku(), shortages.getFirst().location());
      case Refusal.MoreThanReserved(_, var excesses) ->
          quantity(command, excesses.getFirst().sku(), excesses.getFirst().location());
      case Refusal.VersionConflict _ ->
          Optional.of(command instanceof Command.Count ? "version" : "If-Match");
      case Refusal.RefusedByParticipant _ -> Optional.empty();
      case Refusal.PartRefused(var index, var part) -> Optional.of(part(command, index, part));
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

  /// In a batch, what its own route has in a header is a member of the command.
  private static String part(Command command, int index, Refusal refusal) {
    String place = "commands[" + index + "]";
    if (!(command instanceof Command.Together(List<Command> parts))) {
      return place;
    }
    return of(parts.get(index), refusal)
        .map(member -> place + "." + (member.equals("If-Match") ? "version" : member))
        .orElse(place);
  }

  private static Optional<String> noRecord(
      Command command, Sku sku, @Nullable LocationId location) {
    return isOfALevel(command)
        ? Optional.of(place(command, location))
        : line(command, sku, location).map(line -> line + ".sku");
  }

  private static String place(Command command, @Nullable LocationId location) {
    if (command instanceof Command.Transfer transfer) {
      return transfer.to().equals(location) ? "to" : "from";
    }
    return "location";
  }

  private static Optional<String> quantity(
      Command command, Sku sku, @Nullable LocationId location) {
    return isOfALevel(command)
        ? Optional.of(
            command instanceof Command.Count || command instanceof Command.Correct
                ? "on_hand"
                : "quantity")
        : line(command, sku, location).map(line -> line + ".quantity");
  }

  private static Optional<String> named(Command command, Sku sku, String member) {
    return isOfALevel(command)
        ? Optional.of(member)
        : line(command, sku, null).map(line -> line + "." + member);
  }

  /// The line that names item and location, or else the first one of the item; empty where all
  /// lines of a reservation are meant.
  private static Optional<String> line(Command command, Sku sku, @Nullable LocationId location) {
    List<Line> lines = lines(command);
    return first(lines, line -> isOf(line, sku) && Objects.equals(line.location(), location))
        .or(() -> first(lines, line -> isOf(line, sku)));
  }

  private static boolean isOf(Line line, Sku sku) {
    return line.sku().equals(sku);
  }

  private static Optional<String> first(List<Line> lines, Predicate<Line> wanted) {
    return IntStream.range(0, lines.size())
        .filter(i -> wanted.test(lines.get(i)))
        .mapToObj(i -> "lines[" + i + "]")
        .findFirst();
  }

  /// Whether the command itself names the item, and not in lines.
  private static boolean isOfALevel(Command command) {
    return switch (command) {
      case Command.Receive _,
          Command.Adjust _,
          Command.Count _,
          Command.Transfer _,
          Command.SetSafetyStock _,
          Command.Correct _ ->
          true;
      case Command.Reserve _,
          Command.Purchase _,
          Command.Change _,
          Command.Commit _,
          Command.Return _,
          Command.Release _,
          Command.Extend _,
          Command.Expire _,
          Command.Together _ ->
          false;
    };
  }

  private static List<Line> lines(Command command) {
    return switch (command) {
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
          Command.Correct _,
          Command.Release _,
          Command.Extend _,
          Command.Expire _,
          Command.Together _ ->
          List.of();
    };
  }
}
