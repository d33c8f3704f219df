package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was asked, and in the second event of a call also what was answered.
///
/// `key` is the idempotency key. `attempt` counts the calls with that key from 1.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Details(
    String key,
    int attempt,
    Wish wish,
    @Nullable Integer status,
    @Nullable String code,
    @Nullable Told told,
    @Nullable String body) {

  public static Details asked(String key, int attempt, Wish wish) {
    return new Details(key, attempt, wish, null, null, null, null);
  }

  /// The same question with its answer.
  public Details answered(
      int answeredStatus,
      @Nullable String answeredCode,
      @Nullable Told answeredTold,
      @Nullable String answeredBody) {
    return new Details(
        key, attempt, wish, answeredStatus, answeredCode, answeredTold, answeredBody);
  }

  public List<Line> lines() {
    return wish.lines();
  }

  /// The reservation that the answer names, or else the question.
  public @Nullable String reservation() {
    return told == null || told.reservation() == null ? wish.reservation() : told.reservation();
  }

  public @Nullable Stock stock() {
    return told == null ? null : told.stock();
  }
}
