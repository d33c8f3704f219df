package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/// What is to be answered and what is to be written. A refusal changes nothing.
public record Decision(Outcome outcome, Changes changes) {

  /// Decides `command` on what `view` says, at the database's time `now`. Pure: the same arguments
  /// give the same decision, and `view` is left as it was.
  ///
  /// @param newIds for the reservations that it makes, in their order
  public static Decision of(
      StockView view, Command command, List<ReservationId> newIds, Instant now) {
    return of(view, command, newIds.iterator(), now);
  }

  static Decision of(StockView view, Command command, Iterator<ReservationId> newIds, Instant now) {
    Decision decision = Quarantine.over(view, command, decide(view, command, newIds, now));
    return Tallying.of(view, decision, now);
  }

  private static Decision decide(
      StockView view, Command command, Iterator<ReservationId> newIds, Instant now) {
    return switch (command) {
      case Command.Reserve reserve -> Claim.reserve(view, reserve, newIds.next(), now);
      case Command.Purchase purchase -> Claim.purchase(view, purchase, newIds.next(), now);
      case Command.Change change -> Claim.change(view, change, now);
      case Command.Commit commit -> Ending.commit(view, commit, now);
      case Command.Release release -> Ending.release(view, release.reservation(), now);
      case Command.Expire expire -> Ending.expire(view, expire.reservation(), now);
      case Command.Extend extend -> Ending.extend(view, extend, now);
      case Command.Return back -> Supply.giveBack(view, back, now);
      case Command.Receive receive -> Supply.receive(view, receive, now);
      case Command.Adjust adjust -> Supply.adjust(view, adjust, now);
      case Command.Count count -> Supply.count(view, count, now);
      case Command.Transfer transfer -> Supply.transfer(view, transfer, now);
      case Command.SetSafetyStock set -> Supply.setSafetyStock(view, set, now);
      case Command.Correct correct -> Correction.of(view, correct, now);
      case Command.Together together -> Together.decide(view, together, newIds, now);
    };
  }

  static Decision refused(Refusal refusal) {
    return new Decision(refusal, Changes.NONE);
  }
}
