package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import java.time.Instant;

/// What is to be answered and what is to be written. A refusal changes nothing.
public record Decision(Outcome outcome, Changes changes) {

  /// Decides `command` on what `view` says, at the database's time `now`. Pure: the same arguments
  /// give the same decision, and `view` is left as it was. A command that makes a reservation gives
  /// it the id `newId`.
  public static Decision of(StockView view, Command command, ReservationId newId, Instant now) {
    return switch (command) {
      case Command.Reserve reserve -> Claim.reserve(view, reserve, newId, now);
      case Command.Purchase purchase -> Claim.purchase(view, purchase, newId, now);
      case Command.Commit commit -> Ending.commit(view, commit.reservation(), now);
      case Command.Release release -> Ending.release(view, release.reservation(), now);
      case Command.Expire expire -> Ending.expire(view, expire.reservation(), now);
      case Command.Extend extend -> Ending.extend(view, extend, now);
      case Command.Receive receive -> Supply.receive(view, receive, now);
      case Command.Adjust adjust -> Supply.adjust(view, adjust, now);
    };
  }

  static Decision refused(Refusal refusal) {
    return new Decision(refusal, Changes.NONE);
  }
}
