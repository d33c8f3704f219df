package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was asked, and in the second event of a call also what was answered.
///
/// `key` is the idempotency key, and the customer that a claim names: so every effect leads back to
/// its call. `attempt` counts the calls with that key from 1.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Details(
    String key,
    int attempt,
    List<Line> lines,
    @JsonProperty("ttl_seconds") @Nullable Integer ttlSeconds,
    @Nullable String reservation,
    @Nullable Integer status,
    @Nullable String code,
    @Nullable Stock stock,
    @Nullable String body) {

  public Details {
    lines = List.copyOf(lines);
  }

  public static Details asked(
      String key,
      int attempt,
      List<Line> lines,
      @Nullable Integer ttlSeconds,
      @Nullable String reservation) {
    return new Details(key, attempt, lines, ttlSeconds, reservation, null, null, null, null);
  }

  /// The same question with its answer.
  public Details answered(
      int answeredStatus,
      @Nullable String answeredCode,
      @Nullable String answeredReservation,
      @Nullable Stock answeredStock,
      @Nullable String answeredBody) {
    return new Details(
        key,
        attempt,
        lines,
        ttlSeconds,
        answeredReservation == null ? reservation : answeredReservation,
        answeredStatus,
        answeredCode,
        answeredStock,
        answeredBody);
  }
}
