package io.holdfast.stock.decide;

import java.util.List;

/// All that one decision changes: applied as a whole or not at all, the levels one after the other.
///
/// @param tallies as they are afterwards
public record Changes(
    List<LevelChange> levels, List<ReservationChange> reservations, List<Tally> tallies) {
  public static final Changes NONE = new Changes(List.of(), List.of());

  public Changes {
    levels = List.copyOf(levels);
    reservations = List.copyOf(reservations);
    tallies = List.copyOf(tallies);
  }

  Changes(List<LevelChange> levels, List<ReservationChange> reservations) {
    this(levels, reservations, List.of());
  }

  Changes with(List<Tally> newTallies) {
    return new Changes(levels, reservations, newTallies);
  }

  static Changes of(Draft draft, ReservationChange... reservations) {
    return new Changes(draft.changes(), List.of(reservations));
  }
}
