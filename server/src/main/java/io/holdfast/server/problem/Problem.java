package io.holdfast.server.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.stock.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of an error, RFC 9457. The members after `detail` are there with some codes only.
///
/// @param code stable, one of [ProblemCode]
/// @param errors what is wrong where, when it is something in the request
/// @param state with `reservation_not_held`: how it ended
/// @param shortages with `insufficient_stock`: every level that has less than was wanted
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @Nullable List<MemberError> errors,
    @Nullable String state,
    @Nullable List<Shortage> shortages) {

  /// @param member the place in the request, empty for the body as a whole
  public record MemberError(String member, String message) {}

  /// Of one stock level: what was wanted of it, all lines added up, and what it had.
  public record Shortage(
      String sku, String location, long wanted, long onHand, long reserved, long available) {}

  public static Problem of(ProblemCode code, String detail) {
    return new Problem(
        "urn:holdfast:problem:" + code.code(),
        code.title(),
        code.status(),
        code.code(),
        detail,
        null,
        null,
        null);
  }

  public static Problem invalid(InvalidMember invalid) {
    String where = invalid.member().isEmpty() ? "" : invalid.member() + ": ";
    return of(ProblemCode.INVALID_REQUEST, where + invalid.message())
        .with(List.of(new MemberError(invalid.member(), invalid.message())), null, null);
  }

  /// The same about one place in the request: a member of the body, or a parameter of the address.
  public Problem at(String member) {
    return with(List.of(new MemberError(member, title)), state, shortages);
  }

  static Problem notHeld(String detail, String state) {
    return of(ProblemCode.RESERVATION_NOT_HELD, detail).with(null, state, null);
  }

  static Problem insufficient(List<Refusal.Shortage> shortages) {
    List<Shortage> bodies = shortages.stream().map(Problem::shortage).toList();
    Shortage first = bodies.getFirst();
    String detail =
        "of %s %d were wanted and %d are available"
            .formatted(first.sku(), first.wanted(), first.available());
    return of(ProblemCode.INSUFFICIENT_STOCK, detail).with(null, null, bodies);
  }

  private static Shortage shortage(Refusal.Shortage shortage) {
    return new Shortage(
        shortage.sku().value(),
        shortage.location().value(),
        shortage.wanted(),
        shortage.count().onHand(),
        shortage.count().reserved(),
        shortage.count().available());
  }

  private Problem with(
      @Nullable List<MemberError> newErrors,
      @Nullable String newState,
      @Nullable List<Shortage> newShortages) {
    return new Problem(type, title, status, code, detail, newErrors, newState, newShortages);
  }
}
