package io.holdfast.stock;

import java.util.Objects;
import java.util.UUID;

/// The id of a reservation: a UUID of version 7, so that new rows lie together in the index.
public record ReservationId(UUID value) implements Comparable<ReservationId> {
  public ReservationId {
    Objects.requireNonNull(value, "value");
  }

  /// Unsigned order, the one in which PostgreSQL sorts a uuid (`UUID.compareTo` is signed).
  @Override
  public int compareTo(ReservationId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
