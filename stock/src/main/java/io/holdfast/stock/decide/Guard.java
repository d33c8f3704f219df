package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a command does to one level if the level bears it: the twin of [Decision] that a guarded
/// UPDATE can carry out. A level bears a change that leaves `0 <= reserved <= on_hand <=
/// MAX_ON_HAND`, and what is sold leaves the safety stock, too. Whoever uses it has the decision
/// check it.
///
/// @param sells whether it takes of what is for sale
public record Guard(LevelKey level, long onHandChange, long reservedChange, boolean sells) {
  /// What a level can have at most.
  public static final long MAX_ON_HAND = Supply.MAX_ON_HAND;

  private enum Effect {
    RESERVED(0, 1),
    PURCHASED(-1, 0),
    COMMITTED(-1, -1),
    GIVEN_BACK(0, -1);

    private final int onHandSign;
    private final int reservedSign;

    Effect(int onHandSign, int reservedSign) {
      this.onHandSign = onHandSign;
      this.reservedSign = reservedSign;
    }

    boolean sells() {
      return this == RESERVED || this == PURCHASED;
    }
  }

  /// The guards of a command in lock order, one per level; empty where what it does depends on more
  /// than the one level, so that it has to be decided first.
  ///
  /// @param view has the reservation that the command is about, if there is one
  public static Optional<List<Guard>> of(Command command, StockView view) {
    return switch (command) {
      case Command.Reserve reserve ->
          reserve.isPartial() || reserve.replaces() != null
              ? Optional.empty()
              : ofLines(reserve.lines(), Effect.RESERVED);
      case Command.Purchase purchase -> ofLines(purchase.lines(), Effect.PURCHASED);
      case Command.Commit(ReservationId id, List<Line> part) ->
          part.isEmpty() && isHeld(view, id)
              ? Optional.of(ofReservation(view, id, Effect.COMMITTED))
              : Optional.empty();
      case Command.Release(ReservationId id) ->
          Optional.of(ofReservation(view, id, Effect.GIVEN_BACK));
      case Command.Expire(ReservationId id) ->
          Optional.of(ofReservation(view, id, Effect.GIVEN_BACK));
      case Command.Receive receive ->
          one(new LevelKey(receive.sku(), receive.location()), receive.quantity());
      case Command.Adjust adjust ->
          one(new LevelKey(adjust.sku(), adjust.location()), adjust.change());
      case Command.SetSafetyStock set -> one(new LevelKey(set.sku(), set.location()), 0);
      // A correction depends on more than the level's own row.
      case Command.Extend _, Command.Correct _ -> Optional.of(List.of());
      case Command.Together(List<Command> parts) ->
          parts.stream().anyMatch(Command.Correct.class::isInstance)
              ? Optional.of(List.of())
              : Optional.empty();
      case Command.Change _, Command.Return _, Command.Count _, Command.Transfer _ ->
          Optional.empty();
    };
  }

  /// The guards of what was decided on rows that nobody held, one per level, in lock order.
  public static List<Guard> of(Decision decision) {
    Map<LevelKey, Guard> guards = new TreeMap<>();
    for (LevelChange change : decision.changes().levels()) {
      guards.merge(
          change.level(),
          new Guard(change.level(), change.onHandChange(), change.reservedChange(), false),
          Guard::plus);
    }
    return List.copyOf(guards.values());
  }

  private Guard plus(Guard other) {
    return new Guard(
        level, onHandChange + other.onHandChange, reservedChange + other.reservedChange, false);
  }

  /// Whether it does the same to the same level.
  public boolean isAs(Guard other) {
    return level.equals(other.level)
        && onHandChange == other.onHandChange
        && reservedChange == other.reservedChange;
  }

  private static boolean isHeld(StockView view, ReservationId id) {
    return view.reservation(id).filter(found -> found.state() == ReservationState.HELD).isPresent();
  }

  private static Optional<List<Guard>> one(LevelKey level, long onHandChange) {
    return Optional.of(List.of(new Guard(level, onHandChange, 0, false)));
  }

  private static Optional<List<Guard>> ofLines(List<Line> lines, Effect effect) {
    Map<LevelKey, Long> quantities = new TreeMap<>();
    for (Line line : lines) {
      if (line.location() == null) {
        return Optional.empty();
      }
      quantities.merge(new LevelKey(line.sku(), line.location()), line.quantity(), Math::addExact);
    }
    return Optional.of(of(quantities, effect));
  }

  private static List<Guard> ofReservation(StockView view, ReservationId id, Effect effect) {
    return view.reservation(id)
        .map(found -> of(new TreeMap<>(HeldLine.perLevel(found.lines())), effect))
        .orElse(List.of());
  }

  private static List<Guard> of(Map<LevelKey, Long> quantities, Effect effect) {
    return quantities.entrySet().stream()
        .map(
            entry ->
                new Guard(
                    entry.getKey(),
                    effect.onHandSign * entry.getValue(),
                    effect.reservedSign * entry.getValue(),
                    effect.sells()))
        .toList();
  }
}
