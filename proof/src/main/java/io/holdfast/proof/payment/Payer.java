package io.holdfast.proof.payment;

import io.holdfast.proof.shop.Try;
import java.util.List;
import java.util.Optional;

/// Somebody who has placed an order, and how it was paid.
///
/// @param placing the tries to place it
/// @param paying the tries to pay it
/// @param isLate whether the bank's question was answered when the order had expired
public record Payer(
    String key, Course course, List<Try> placing, List<Try> paying, boolean isLate) {
  public Payer {
    placing = List.copyOf(placing);
    paying = List.copyOf(paying);
  }

  /// The id of the order, if there is one.
  Optional<String> order() {
    return Optional.ofNullable(placing.getLast())
        .filter(Try::isYes)
        .map(answer -> answer.json().path("id").asText());
  }
}
