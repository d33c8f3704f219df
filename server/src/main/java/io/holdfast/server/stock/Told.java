package io.holdfast.server.stock;

import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.stock.CommandBatch.CommandOutcomes;
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
import org.jspecify.annotations.Nullable;

/// What a caller is told of one command: a pure function of the outcome and of what was asked.
///
/// @param address of the reservation that was made
/// @param version of the reservation that the body shows
/// @param replayed whether an earlier request with the same key had the effect
record Told(
    int status, Object body, @Nullable String address, @Nullable Long version, boolean replayed) {

  static Told of(Problem problem) {
    return new Told(problem.status(), problem, null, null, false);
  }

  static Told of(Command command, Answer answer) {
    return of(command, answer.outcome()).replayed(answer.replayed());
  }

  private static Told of(Command command, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Reserved reserved ->
          made(reserved.reservation(), Bodies.Held.of(reserved))
              .withVersion(ReservationView.FIRST_VERSION);
      case Outcome.Purchased purchased ->
          made(purchased.reservation(), Bodies.Purchase.of(purchased));
      case Outcome.Changed changed ->
          done(200, Bodies.Changed.of(changed)).withVersion(changed.version());
      case Outcome.Committed committed -> done(200, Bodies.Committed.of(committed));
      case Outcome.Released(var id, var lines, var at) -> ended(id, "released", lines, at);
      case Outcome.Expired(var id, var lines, var at) -> ended(id, "expired", lines, at);
      case Outcome.Extended(var id, _, var expiresAt) ->
          done(200, new Bodies.Extended(id.toString(), "held", expiresAt));
      case Outcome.Returned returned -> done(201, Bodies.Returned.of(returned));
      case Outcome.Received received -> done(201, LevelBodies.Receipt.of(received));
      case Outcome.Adjusted adjusted -> done(201, LevelBodies.Adjustment.of(adjusted));
      case Outcome.Counted counted -> done(201, LevelBodies.Counted.of(counted));
      case Outcome.Transferred transferred -> done(201, LevelBodies.Transfer.of(transferred));
      case Outcome.Corrected corrected -> done(201, LevelBodies.Correction.of(corrected));
      case Outcome.SafetyStockSet set -> done(200, LevelBodies.SafetyStock.of(set));
      case Outcome.DoneTogether(List<Outcome.Effect> effects) ->
          done(200, CommandOutcomes.of(effects.stream().map(each -> of(command, each)).toList()));
      case Refusal refusal -> of(RefusalProblems.of(command, refusal));
    };
  }

  private static Told made(ReservationId id, Object body) {
    return new Told(201, body, "/v1/reservations/" + id, null, false);
  }

  private static Told done(int status, Object body) {
    return new Told(status, body, null, null, false);
  }

  private static Told ended(ReservationId id, String state, List<StockedLine> lines, Instant at) {
    return done(200, new Bodies.Ended(id.toString(), state, Bodies.DecidedLine.of(lines), at));
  }

  private Told withVersion(long newVersion) {
    return new Told(status, body, address, newVersion, replayed);
  }

  private Told replayed(boolean isReplayed) {
    return new Told(status, body, address, version, isReplayed);
  }

  /// Whether something took effect, now or with an earlier request.
  boolean isEffect() {
    return !(body instanceof Problem);
  }

  /// As the command's own route answers.
  Response response() {
    if (body instanceof Problem problem) {
      return ProblemResponses.of(problem);
    }
    Response.ResponseBuilder response = JsonResponses.of(status, body, replayed);
    if (address != null) {
      response.header("Location", address);
    }
    if (version != null) {
      response.header(VersionTag.TOLD, VersionTag.of(version));
    }
    return response.build();
  }
}
