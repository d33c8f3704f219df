package io.holdfast.stock.transaction;

import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.store.LevelRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which rows a command touches, as far as the command itself says it.
///
/// @param levels that it names
/// @param reservations that it is about
/// @param movesThem whether it moves what lies on the levels of these reservations
/// @param makesReservation whether it makes one of its own
/// @param customer for whom
/// @param lines how many it names, at least one
record Footprint(
    List<LevelRange> levels,
    List<ReservationId> reservations,
    boolean movesThem,
    boolean makesReservation,
    @Nullable Customer customer,
    int lines) {

  static Footprint of(Command command) {
    return switch (command) {
      case Command.Reserve reserve ->
          new Footprint(
              ranges(reserve.lines()),
              reserve.replaces() == null ? List.of() : List.of(reserve.replaces()),
              true,
              true,
              reserve.customer(),
              reserve.lines().size());
      case Command.Purchase purchase ->
          new Footprint(
              ranges(purchase.lines()),
              List.of(),
              false,
              true,
              purchase.customer(),
              purchase.lines().size());
      case Command.Change change ->
          new Footprint(
              ranges(change.lines()),
              List.of(change.reservation()),
              true,
              false,
              null,
              change.lines().size());
      case Command.Commit commit -> ofReservation(commit.reservation(), true);
      case Command.Release release -> ofReservation(release.reservation(), true);
      case Command.Expire expire -> ofReservation(expire.reservation(), true);
      case Command.Return back -> ofReservation(back.reservation(), true);
      case Command.Extend extend -> ofReservation(extend.reservation(), false);
      case Command.Receive receive -> ofLevels(receive.sku(), receive.location());
      case Command.Adjust adjust -> ofLevels(adjust.sku(), adjust.location());
      case Command.Count count -> ofLevels(count.sku(), count.location());
      case Command.SetSafetyStock set -> ofLevels(set.sku(), set.location());
      case Command.Transfer transfer -> ofLevels(transfer.sku(), transfer.from(), transfer.to());
    };
  }

  /// Why, as the caller has said.
  static @Nullable String reasonOf(Command command) {
    Reason reason =
        switch (command) {
          case Command.Receive receive -> receive.reason();
          case Command.Adjust adjust -> adjust.reason();
          case Command.Count count -> count.reason();
          case Command.Transfer transfer -> transfer.reason();
          case Command.SetSafetyStock set -> set.reason();
          case Command.Return back -> back.reason();
          case Command.Reserve _,
              Command.Purchase _,
              Command.Change _,
              Command.Commit _,
              Command.Release _,
              Command.Expire _,
              Command.Extend _ ->
              null;
        };
    return reason == null ? null : reason.text();
  }

  private static Footprint ofReservation(ReservationId id, boolean movesThem) {
    return new Footprint(List.of(), List.of(id), movesThem, false, null, 1);
  }

  private static Footprint ofLevels(Sku sku, LocationId... locations) {
    List<LevelRange> levels = new ArrayList<>();
    for (LocationId location : locations) {
      levels.add(new LevelRange(sku, location));
    }
    return new Footprint(levels, List.of(), false, false, null, 1);
  }

  private static List<LevelRange> ranges(List<Line> lines) {
    return lines.stream().map(line -> new LevelRange(line.sku(), line.location())).toList();
  }
}
