package io.holdfast.server.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of an error, RFC 9457. The members after `detail` are there with some codes only.
///
/// @param code stable, one of [ProblemCode]
/// @param errors what is wrong where, when it is something in the request
/// @param state with `reservation_not_held`, `reservation_not_committed` and `illegal_order_step`:
///   what it is
/// @param steps with `illegal_order_step`: what may be done instead
/// @param shortages with `insufficient_stock`: every level that has less than was wanted
/// @param excesses with `more_than_reserved` and `more_than_ordered`: every line of which more was
///   wanted than there is
/// @param changes with `version_conflict` of what tells its members: those that have changed
/// @param needs with `forbidden`: the permission that the caller lacks
/// @param first with `events_gone`: the oldest position that is still there
/// @param retryAfterSeconds what the header `Retry-After` says; null: the usual
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @Nullable List<MemberError> errors,
    @Nullable String state,
    @Nullable List<String> steps,
    @Nullable List<Shortage> shortages,
    @Nullable List<Excess> excesses,
    @Nullable List<MemberChange> changes,
    @Nullable String needs,
    @Nullable Long first,
    @JsonIgnore @Nullable Integer retryAfterSeconds) {

  /// @param member the place in the request, empty for the body as a whole
  public record MemberError(String member, String message) {}

  /// What was wanted of an item, all lines of the same location added up, and what there was.
  ///
  /// @param location null where no location was named
  /// @param available what could have been had instead
  /// @param firstExpiresAt when the first reservation of it expires, unless it is committed; null
  ///   when none is known
  /// @param elsewhere other locations that could have served it alone
  public record Shortage(
      String sku,
      @JsonInclude @Nullable String location,
      long wanted,
      long missing,
      long onHand,
      long reserved,
      long safetyStock,
      long available,
      @JsonInclude @Nullable Instant firstExpiresAt,
      List<String> elsewhere) {}

  /// What was wanted of a reservation's line, and what is left of it.
  public record Excess(
      String sku, @JsonInclude @Nullable String location, long wanted, long left) {}

  /// What a member was at the version that was expected, and what it is.
  ///
  /// @param member like `name`, or `attributes.colour`
  /// @param seen JSON null: it was not there
  /// @param found JSON null: it is not there any more
  /// @param version that the last change of it led to
  public record MemberChange(
      String member,
      JsonNode seen,
      JsonNode found,
      long version,
      Instant changedAt,
      String changedBy) {}

  public static Problem of(ProblemCode code, String detail) {
    return new Problem(
        "urn:holdfast:problem:" + code.code(),
        code.title(),
        code.status(),
        code.code(),
        detail,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  public static Problem invalid(InvalidMember invalid) {
    String where = invalid.member().isEmpty() ? "" : invalid.member() + ": ";
    return of(ProblemCode.INVALID_REQUEST, where + invalid.message())
        .withErrors(List.of(new MemberError(invalid.member(), invalid.message())));
  }

  /// Of a caller whose role has not got a permission.
  public static Problem lacking(String permission) {
    return of(ProblemCode.FORBIDDEN, "the role lacks " + permission).needing(permission);
  }

  /// The same about one place in the request: a member of the body, or a parameter of the address.
  public Problem at(String member) {
    return withErrors(List.of(new MemberError(member, title)));
  }

  /// The same about one of many.
  Problem in(String place) {
    return copy(place + ": " + detail, errors, state, shortages, excesses);
  }

  static Problem inState(ProblemCode code, String detail, String state) {
    return of(code, detail).with(state, null, null);
  }

  static Problem excess(List<Refusal.Excess> excesses) {
    return excess(ProblemCode.MORE_THAN_RESERVED, excesses.stream().map(Problem::excess).toList());
  }

  /// Of something that has less than was wanted of it.
  public static Problem excess(ProblemCode code, List<Excess> excesses) {
    Excess first = excesses.getFirst();
    String detail =
        "of %s %d were wanted and %d are left".formatted(first.sku(), first.wanted(), first.left());
    return of(code, detail).with(null, null, excesses);
  }

  /// Of a step that the state does not allow.
  ///
  /// @param steps that it does
  public static Problem illegalStep(String detail, String state, List<String> steps) {
    return inState(ProblemCode.ILLEGAL_ORDER_STEP, detail, state).withSteps(List.copyOf(steps));
  }

  /// Of positions that are not kept any more.
  ///
  /// @param first that is
  public static Problem eventsGone(String detail, long first) {
    return of(ProblemCode.EVENTS_GONE, detail).with(null, null, first, null);
  }

  private Problem withSteps(List<String> newSteps) {
    return new Problem(
        type,
        title,
        status,
        code,
        detail,
        errors,
        state,
        newSteps,
        shortages,
        excesses,
        changes,
        needs,
        first,
        retryAfterSeconds);
  }

  private static Excess excess(Refusal.Excess excess) {
    return new Excess(
        excess.sku().value(), text(excess.location()), excess.wanted(), excess.left());
  }

  private static @Nullable String text(@Nullable LocationId location) {
    return location == null ? null : location.value();
  }

  static Problem insufficient(List<Refusal.Shortage> shortages) {
    List<Shortage> bodies = shortages.stream().map(Problem::shortage).toList();
    Shortage first = bodies.getFirst();
    String detail =
        "of %s %d were wanted and %d are available"
            .formatted(first.sku(), first.wanted(), first.available());
    return of(ProblemCode.INSUFFICIENT_STOCK, detail).with(null, bodies, null);
  }

  private static Shortage shortage(Refusal.Shortage shortage) {
    return new Shortage(
        shortage.sku().value(),
        text(shortage.location()),
        shortage.wanted(),
        shortage.missing(),
        shortage.count().onHand(),
        shortage.count().reserved(),
        shortage.count().safetyStock(),
        shortage.sellable(),
        shortage.firstExpiresAt(),
        shortage.elsewhere().stream().map(LocationId::value).toList());
  }

  private Problem withErrors(List<MemberError> newErrors) {
    return copy(detail, newErrors, state, shortages, excesses);
  }

  private Problem with(
      @Nullable String newState,
      @Nullable List<Shortage> newShortages,
      @Nullable List<Excess> newExcesses) {
    return copy(detail, errors, newState, newShortages, newExcesses);
  }

  private Problem copy(
      String newDetail,
      @Nullable List<MemberError> newErrors,
      @Nullable String newState,
      @Nullable List<Shortage> newShortages,
      @Nullable List<Excess> newExcesses) {
    return new Problem(
        type,
        title,
        status,
        code,
        newDetail,
        newErrors,
        newState,
        steps,
        newShortages,
        newExcesses,
        changes,
        needs,
        first,
        retryAfterSeconds);
  }

  private Problem needing(String permission) {
    return with(changes, permission, first, retryAfterSeconds);
  }

  /// The same, with what has changed since.
  public Problem withChanges(List<MemberChange> newChanges) {
    return with(newChanges, needs, first, retryAfterSeconds);
  }

  /// The same, with the time after which it is worth another try.
  public Problem retryAfter(int seconds) {
    return with(changes, needs, first, seconds);
  }

  private Problem with(
      @Nullable List<MemberChange> newChanges,
      @Nullable String newNeeds,
      @Nullable Long newFirst,
      @Nullable Integer newSeconds) {
    return new Problem(
        type,
        title,
        status,
        code,
        detail,
        errors,
        state,
        steps,
        shortages,
        excesses,
        newChanges,
        newNeeds,
        newFirst,
        newSeconds);
  }
}
