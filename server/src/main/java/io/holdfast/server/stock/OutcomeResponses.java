package io.holdfast.server.stock;

import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.server.request.VersionTag;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.StockedLine;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/// What each outcome looks like over HTTP: a pure function of the outcome and of what was asked.
final class OutcomeResponses {
  private OutcomeResponses() {}

  static Response of(Command command, Answer answer) {
    boolean replayed = answer.replayed();
    return switch (answer.outcome()) {
      case Outcome.Reserved reserved ->
          JsonResponses.of(201, Bodies.Held.of(reserved), replayed)
              .header("Location", address(reserved.reservation()))
              .header(VersionTag.TOLD, VersionTag.of(ReservationView.FIRST_VERSION))
              .build();
      case Outcome.Purchased purchased ->
          JsonResponses.of(201, Bodies.Purchase.of(purchased), replayed)
              .header("Location", address(purchased.reservation()))
              .build();
      case Outcome.Changed changed ->
          JsonResponses.of(200, Bodies.Changed.of(changed), replayed)
              .header(VersionTag.TOLD, VersionTag.of(changed.version()))
              .build();
      case Outcome.Committed committed ->
          JsonResponses.of(200, Bodies.Committed.of(committed), replayed).build();
      case Outcome.Released(var id, var lines, var at) ->
          ended(id, "released", lines, at, replayed);
      case Outcome.Expired(var id, var lines, var at) -> ended(id, "expired", lines, at, replayed);
      case Outcome.Extended(var id, _, var expiresAt) ->
          JsonResponses.of(200, new Bodies.Extended(id.toString(), "held", expiresAt), replayed)
              .build();
      case Outcome.Returned returned ->
          JsonResponses.of(201, Bodies.Returned.of(returned), replayed).build();
      case Outcome.Received received ->
          JsonResponses.of(201, LevelBodies.Receipt.of(received), replayed).build();
      case Outcome.Adjusted adjusted ->
          JsonResponses.of(201, LevelBodies.Adjustment.of(adjusted), replayed).build();
      case Outcome.Counted counted ->
          JsonResponses.of(201, LevelBodies.Counted.of(counted), replayed).build();
      case Outcome.Transferred transferred ->
          JsonResponses.of(201, LevelBodies.Transfer.of(transferred), replayed).build();
      case Outcome.SafetyStockSet set ->
          JsonResponses.of(200, LevelBodies.SafetyStock.of(set), replayed).build();
      case Refusal refusal -> ProblemResponses.of(RefusalProblems.of(command, refusal));
    };
  }

  private static Response ended(
      ReservationId id, String state, List<StockedLine> lines, Instant at, boolean replayed) {
    return JsonResponses.of(
            200, new Bodies.Ended(id.toString(), state, Bodies.DecidedLine.of(lines), at), replayed)
        .build();
  }

  private static String address(ReservationId id) {
    return "/v1/reservations/" + id;
  }
}
