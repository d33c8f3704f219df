package io.holdfast.stock;

import java.time.Instant;
import java.util.Objects;

/// An item's stock as it stood at an instant.
///
/// @param item its levels with the balances and versions that they had, without those of which
///   nothing had been received by then
/// @param instant the one that was asked for
/// @param readAt the database's time of this reading. For an instant that is later, `item` is only
///   what is known so far
public record ItemAsOf(ItemView item, Instant instant, Instant readAt) {
  public ItemAsOf {
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(instant, "instant");
    Objects.requireNonNull(readAt, "readAt");
  }

  /// Whether the instant is later than this reading, so that its state may still change.
  public boolean isYetToCome() {
    return instant.isAfter(readAt);
  }
}
