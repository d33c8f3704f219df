package io.holdfast.stock.transaction;

import static java.util.stream.Collectors.toSet;

import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.decide.Reservation;
import io.holdfast.stock.decide.StockView;
import io.holdfast.stock.store.LevelRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which rows a command touches, as far as the command itself says it.
///
/// @param levels that it names
/// @param reservations that it is about
/// @param movesThem whether it moves what lies on the levels of these reservations
/// @param newReservations how many it makes
/// @param customers for whom
/// @param lines how many it names, at least one
record Footprint(
    List<LevelRange> levels,
    List<ReservationId> reservations,
    boolean movesThem,
    int newReservations,
    List<Customer> customers,
    int lines) {

  static Footprint of(Command command) {
    return switch (command) {
      case Command.Reserve reserve ->
          new Footprint(
              ranges(reserve.lines()),
              reserve.replaces() == null ? List.of() : List.of(reserve.replaces()),
              true,
              1,
              orNobody(reserve.customer()),
              reserve.lines().size());
      case Command.Purchase purchase ->
          new Footprint(
              ranges(purchase.lines()),
              List.of(),
              false,
              1,
              orNobody(purchase.customer()),
              purchase.lines().size());
      case Command.Change change ->
          new Footprint(
              ranges(change.lines()),
              List.of(change.reservation()),
              true,
              0,
              List.of(),
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
      case Command.Correct correct -> ofLevels(correct.sku(), correct.location());
      case Command.Transfer transfer -> ofLevels(transfer.sku(), transfer.from(), transfer.to());
      case Command.Together together -> ofAll(together.commands());
    };
  }

  /// Whether it also touches rows that it does not name: those of its reservations.
  boolean hasUnnamed() {
    return movesThem && !reservations.isEmpty();
  }

  /// Names of what it touches, see [Request#touched()].
  int[] names() {
    int[] others = itemsAndCustomers();
    int[] names = Arrays.copyOf(others, others.length + reservations.size());
    for (int i = 0; i < reservations.size(); i++) {
      names[others.length + i] = reservations.get(i).hashCode();
    }
    return names;
  }

  /// Names of the items and customers alone.
  int[] itemsAndCustomers() {
    int[] names = new int[levels.size() + customers.size()];
    for (int i = 0; i < levels.size(); i++) {
      names[i] = levels.get(i).sku().hashCode();
    }
    for (int i = 0; i < customers.size(); i++) {
      names[levels.size() + i] = customers.get(i).hashCode();
    }
    return names;
  }

  /// All levels that it touches, once its reservations are in the view.
  List<LevelRange> levelsIn(StockView view) {
    if (!hasUnnamed()) {
      return levels;
    }
    List<LevelRange> all = new ArrayList<>(levels);
    loaded(view)
        .flatMap(reservation -> reservation.lines().stream())
        .flatMap(line -> line.level().stream())
        .map(LevelRange::of)
        .forEach(all::add);
    return all;
  }

  /// All for whom it changes what counts, once its reservations are in the view.
  List<Customer> customersIn(StockView view) {
    if (!hasUnnamed()) {
      return customers;
    }
    List<Customer> all = new ArrayList<>(customers);
    loaded(view).map(Reservation::customer).filter(Objects::nonNull).forEach(all::add);
    return all;
  }

  private Stream<Reservation> loaded(StockView view) {
    return reservations.stream().flatMap(id -> view.reservation(id).stream());
  }

  /// The rows that are changed by any effect of the command; none unless it names each of them.
  RowSet changed() {
    boolean isAnyToFind =
        hasUnnamed() || levels.stream().anyMatch(range -> range.location() == null);
    return isAnyToFind
        ? RowSet.NONE
        : new RowSet(
            Set.copyOf(reservations),
            Set.of(),
            levels.stream().flatMap(range -> range.level().stream()).collect(toSet()));
  }

  /// Whether it may come after a reservation's time, so that the tenant's choice decides.
  static boolean mayBeLate(Command command) {
    return switch (command) {
      case Command.Commit _ -> true;
      case Command.Together(List<Command> parts) -> parts.stream().anyMatch(Footprint::mayBeLate);
      case Command.Reserve _,
          Command.Purchase _,
          Command.Change _,
          Command.Release _,
          Command.Extend _,
          Command.Return _,
          Command.Expire _,
          Command.Receive _,
          Command.Adjust _,
          Command.Count _,
          Command.Transfer _,
          Command.SetSafetyStock _,
          Command.Correct _ ->
          false;
    };
  }

  private static Footprint ofAll(List<Command> commands) {
    List<Footprint> parts = commands.stream().map(Footprint::of).toList();
    return new Footprint(
        parts.stream().flatMap(part -> part.levels.stream()).toList(),
        parts.stream().flatMap(part -> part.reservations.stream()).toList(),
        parts.stream().anyMatch(Footprint::movesThem),
        parts.stream().mapToInt(Footprint::newReservations).sum(),
        parts.stream().flatMap(part -> part.customers.stream()).toList(),
        parts.stream().mapToInt(Footprint::lines).sum());
  }

  private static Footprint ofReservation(ReservationId id, boolean movesThem) {
    return new Footprint(List.of(), List.of(id), movesThem, 0, List.of(), 1);
  }

  private static Footprint ofLevels(Sku sku, LocationId... locations) {
    List<LevelRange> levels = new ArrayList<>();
    for (LocationId location : locations) {
      levels.add(new LevelRange(sku, location));
    }
    return new Footprint(levels, List.of(), false, 0, List.of(), 1);
  }

  private static List<Customer> orNobody(@Nullable Customer customer) {
    return customer == null ? List.of() : List.of(customer);
  }

  private static List<LevelRange> ranges(List<Line> lines) {
    return lines.stream().map(line -> new LevelRange(line.sku(), line.location())).toList();
  }
}
