package io.holdfast.server.problem;

import io.holdfast.stock.Command;
import io.holdfast.stock.Refusal;

/// What each refusal of the engine looks like over HTTP: a pure function of the refusal.
public final class RefusalProblems {
  private RefusalProblems() {}

  public static Problem of(Command command, Refusal refusal) {
    Problem problem = of(refusal);
    return RefusedPlace.of(command, refusal).map(problem::at).orElse(problem);
  }

  public static Problem of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.KeyReused() ->
          Problem.of(
              ProblemCode.KEY_REUSED, "the same Idempotency-Key came with another request before");
      case Refusal.UnknownItem(var sku) ->
          Problem.of(ProblemCode.UNKNOWN_ITEM, "no item has the sku " + sku);
      case Refusal.ItemNotTracked(var sku) ->
          Problem.of(ProblemCode.ITEM_NOT_TRACKED, "the item " + sku + " is not tracked");
      case Refusal.UnknownLocation(var location) ->
          Problem.of(ProblemCode.UNKNOWN_LOCATION, "no location is named " + location);
      case Refusal.NoStockRecord(var sku, var location) ->
          Problem.of(
              ProblemCode.NO_STOCK_RECORD,
              "nothing of "
                  + sku
                  + " was ever received"
                  + (location == null ? "" : " at " + location));
      case Refusal.UnknownReservation(var id) ->
          Problem.of(ProblemCode.UNKNOWN_RESERVATION, "no reservation has the id " + id);
      case Refusal.ReservationNotHeld(var id, var state) ->
          Problem.inState(
              ProblemCode.RESERVATION_NOT_HELD,
              "reservation " + id + " is " + state.code(),
              state.code());
      case Refusal.ReservationNotCommitted(var id, var state) ->
          Problem.inState(
              ProblemCode.RESERVATION_NOT_COMMITTED,
              "reservation " + id + " is " + state.code(),
              state.code());
      case Refusal.VersionConflict(var expected, var found) ->
          Problem.of(
              ProblemCode.VERSION_CONFLICT,
              "version " + expected + " was expected and version " + found + " is there");
      case Refusal.MoreThanReserved(_, var excesses) -> Problem.excess(excesses);
      case Refusal.ReservationExpired(var id, var expiredAt) ->
          Problem.of(
              ProblemCode.RESERVATION_EXPIRED, "reservation " + id + " expired at " + expiredAt);
      case Refusal.ReservationNotDue(var id, var expiresAt) ->
          Problem.of(
              ProblemCode.RESERVATION_NOT_DUE,
              "reservation " + id + " does not expire before " + expiresAt);
      case Refusal.LevelQuarantined(var sku, var location, var reason, var since) ->
          Problem.of(
              ProblemCode.LEVEL_QUARANTINED,
              "the stock of %s at %s was found to be wrong at %s, and has to be counted: %s"
                  .formatted(sku, location, since, reason));
      case Refusal.InsufficientStock(var shortages) -> Problem.insufficient(shortages);
      case Refusal.LimitExceeded exceeded -> beyondLimit(exceeded);
      case Refusal.TooManyReservations(_, var max) ->
          Problem.of(
              ProblemCode.TOO_MANY_RESERVATIONS,
              "no more than " + max + " reservations are held for a customer at a time");
      case Refusal.BalanceOutOfRange(var sku, var location) ->
          Problem.of(
              ProblemCode.BALANCE_OUT_OF_RANGE,
              "the stock of " + sku + " at " + location + " would leave the range of counting");
      case Refusal.PartRefused(var index, var part) -> of(part).in("commands[" + index + "]");
      case Refusal.RefusedByParticipant(var participant, var code, var detail) ->
          ProblemCode.find(code)
              .map(known -> Problem.of(known, detail))
              .orElseGet(
                  () ->
                      Problem.of(
                          ProblemCode.REFUSED_BY_PARTICIPANT,
                          participant + " said " + code + ": " + detail));
    };
  }

  private static Problem beyondLimit(Refusal.LimitExceeded exceeded) {
    return Problem.of(
        ProblemCode.LIMIT_EXCEEDED,
        "of %s one customer may have %d within %s; %d count already and %d were wanted%s"
            .formatted(
                exceeded.limit().sku(),
                exceeded.limit().maxQuantity(),
                exceeded.limit().window(),
                exceeded.claimed(),
                exceeded.wanted(),
                exceeded.nextAt() == null ? "" : "; less count from " + exceeded.nextAt()));
  }
}
