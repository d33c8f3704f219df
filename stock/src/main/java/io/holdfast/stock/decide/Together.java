package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Decides commands one after the other on a view of their own, all or none. What it changes is
/// what each of them changes, in their order.
final class Together {
  private Together() {}

  static Decision decide(
      StockView view, Command.Together together, Iterator<ReservationId> newIds, Instant now) {
    StockView fork = view.fork();
    List<Outcome.Effect> effects = new ArrayList<>(together.commands().size());
    List<LevelChange> levels = new ArrayList<>();
    List<ReservationChange> reservations = new ArrayList<>();
    List<Tally> tallies = new ArrayList<>();
    for (Command command : together.commands()) {
      Decision part = Decision.of(fork, command, newIds, now);
      switch (part.outcome()) {
        case Refusal refusal -> {
          return Decision.refused(new Refusal.PartRefused(effects.size(), refusal));
        }
        case Outcome.Effect effect -> effects.add(effect);
      }
      fork.apply(part.changes());
      levels.addAll(part.changes().levels());
      reservations.addAll(part.changes().reservations());
      tallies.addAll(part.changes().tallies());
    }
    return new Decision(
        new Outcome.DoneTogether(effects), new Changes(levels, reservations, tallies));
  }
}
