package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.ReservationId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a command does to one level if the level bears it, known before the level is: the twin of
/// [Decision] that a guarded UPDATE can carry out. A level bears a change that leaves `0 <=
/// reserved <= on_hand <= MAX_ON_HAND`. Whoever uses it has the decision check it.
public record Guard(LevelKey level, long onHandChange, long reservedChange) {
  /// What a level can have at most.
  public static final long MAX_ON_HAND = Supply.MAX_ON_HAND;

  private enum Effect {
    RESERVED(0, 1),
    PURCHASED(-1, 0),
    COMMITTED(-1, -1),
    GIVEN_BACK(0, -1),
    RECEIVED(1, 0);

    private final int onHandSign;
    private final int reservedSign;

    Effect(int onHandSign, int reservedSign) {
      this.onHandSign = onHandSign;
      this.reservedSign = reservedSign;
    }
  }

  /// The guards of a command in lock order, one per level.
  ///
  /// @param view has the reservation that the command is about, if there is one
  public static List<Guard> of(Command command, StockView view) {
    return switch (command) {
      case Command.Reserve reserve -> ofLines(reserve.lines(), Effect.RESERVED);
      case Command.Purchase purchase -> ofLines(purchase.lines(), Effect.PURCHASED);
      case Command.Commit(var id) -> ofReservation(view, id, Effect.COMMITTED);
      case Command.Release(var id) -> ofReservation(view, id, Effect.GIVEN_BACK);
      case Command.Expire(var id) -> ofReservation(view, id, Effect.GIVEN_BACK);
      case Command.Receive receive -> ofLines(List.of(receive.line()), Effect.RECEIVED);
      case Command.Adjust adjust ->
          List.of(new Guard(new LevelKey(adjust.sku(), adjust.location()), adjust.change(), 0));
      case Command.Extend _ -> List.of();
    };
  }

  private static List<Guard> ofLines(List<Line> lines, Effect effect) {
    Map<LevelKey, Long> quantities = new TreeMap<>();
    for (Line line : lines) {
      quantities.merge(new LevelKey(line.sku(), line.location()), line.quantity(), Math::addExact);
    }
    return of(quantities, effect);
  }

  private static List<Guard> ofReservation(StockView view, ReservationId id, Effect effect) {
    Map<LevelKey, Long> quantities = new TreeMap<>();
    view.reservation(id)
        .ifPresent(
            reservation -> {
              for (HeldLine line : reservation.lines()) {
                if (line.location() != null) {
                  quantities.merge(
                      new LevelKey(line.sku(), line.location()), line.quantity(), Math::addExact);
                }
              }
            });
    return of(quantities, effect);
  }

  private static List<Guard> of(Map<LevelKey, Long> quantities, Effect effect) {
    return quantities.entrySet().stream()
        .map(
            entry ->
                new Guard(
                    entry.getKey(),
                    effect.onHandSign * entry.getValue(),
                    effect.reservedSign * entry.getValue()))
        .toList();
  }
}
