package io.holdfast.server.stock;

import io.holdfast.stock.Attachment;
import io.holdfast.stock.Command;
import io.holdfast.stock.ReservationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Goes with what is asked for by the routes of reservations themselves, for whoever has
/// reservations that only its own routes may change.
public record PlainChange(List<ReservationId> reservations) implements Attachment {
  public PlainChange {
    reservations = List.copyOf(reservations);
  }

  /// Empty for a command that changes no reservation that was there before.
  static Optional<PlainChange> of(Command command) {
    List<ReservationId> reservations = new ArrayList<>();
    add(command, reservations);
    return reservations.isEmpty() ? Optional.empty() : Optional.of(new PlainChange(reservations));
  }

  private static void add(Command command, List<ReservationId> reservations) {
    switch (command) {
      case Command.Commit commit -> reservations.add(commit.reservation());
      case Command.Release release -> reservations.add(release.reservation());
      case Command.Extend extend -> reservations.add(extend.reservation());
      case Command.Change change -> reservations.add(change.reservation());
      case Command.Return back -> reservations.add(back.reservation());
      case Command.Expire expire -> reservations.add(expire.reservation());
      case Command.Reserve reserve -> {
        if (reserve.replaces() != null) {
          reservations.add(reserve.replaces());
        }
      }
      case Command.Together together ->
          together.commands().forEach(part -> add(part, reservations));
      case Command.Purchase _,
          Command.Receive _,
          Command.Adjust _,
          Command.Count _,
          Command.Transfer _,
          Command.SetSafetyStock _,
          Command.Correct _ -> {}
    }
  }
}
