package io.holdfast.proof.ordering;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.holdfast.proof.shop.Try;
import org.jspecify.annotations.Nullable;

/// One try to place an order.
///
/// @param key of the order, the same for all of its tries
/// @param units of all its lines together
public record Placing(int buyer, String key, long units, @JsonUnwrapped Try answer) {

  public boolean isPlaced() {
    return answer.status() == 201;
  }

  @Nullable String id() {
    return answer.json().path("id").textValue();
  }

  /// That the order was given.
  @Nullable String number() {
    return answer.json().path("number").textValue();
  }

  String describe() {
    return "%s by %d: %d %s %s".formatted(key, buyer, answer.status(), answer.code(), number());
  }
}
