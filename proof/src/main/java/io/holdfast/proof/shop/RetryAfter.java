package io.holdfast.proof.shop;

import io.holdfast.proof.http.Response;
import java.util.Optional;

/// The pause that a busy shop asks for.
final class RetryAfter {

  private static final int UNSTATED_MILLIS = 50;
  private static final int LONGEST_MILLIS = 2_000;

  private RetryAfter() {}

  static int millis(Response response) {
    Optional<String> seconds =
        response.header("retry-after").filter(text -> text.matches("\\d{1,6}"));
    return seconds
        .map(text -> Math.min(Integer.parseInt(text) * 1_000, LONGEST_MILLIS))
        .orElse(UNSTATED_MILLIS);
  }
}
