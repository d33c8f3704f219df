package io.holdfast.stock;

import java.time.Duration;
import java.util.Objects;

/// How much of an item one customer may have within a time: reserved and bought together, over all
/// of the customer's reservations. What was released, has expired or came back does not count. It
/// counts what is claimed from the moment on at which the limit was set.
///
/// @param window how long a claim counts; whole seconds
public record PurchaseLimit(Sku sku, long maxQuantity, Duration window) {
  /// The longest time over which anything is counted.
  public static final Duration MAX_WINDOW = Duration.ofDays(3_660);

  public PurchaseLimit {
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(window, "window");
    if (maxQuantity < 1 || maxQuantity > Line.MAX_QUANTITY) {
      throw new IllegalArgumentException(
          "maxQuantity must be between 1 and " + Line.MAX_QUANTITY + ", not " + maxQuantity);
    }
    boolean isWhole = window.equals(Duration.ofSeconds(window.toSeconds()));
    if (!isWhole || !window.isPositive() || window.compareTo(MAX_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "window must be whole seconds, at most " + MAX_WINDOW + ", not " + window);
    }
  }
}
