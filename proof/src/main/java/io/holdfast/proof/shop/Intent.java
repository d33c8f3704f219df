package io.holdfast.proof.shop;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Wish;

/// A wish with its idempotency key, which stays the same over all attempts.
public record Intent(String key, Wish wish) {

  public Action action() {
    return wish.action();
  }
}
