package io.holdfast.stock;

import org.jspecify.annotations.Nullable;

/// Which reservations of a tenant to read, newest first: so many, older than one, of all or of one
/// customer. Ids are in the order of time, so pages that begin where the one before ended neither
/// skip nor repeat anything, whatever is made meanwhile.
///
/// @param onlyOf whose; null: of all
/// @param olderThan the last one of the page before; null: from the newest on
/// @param limit how many at most, 1 to 1,000
public record ReservationPaging(
    @Nullable Customer onlyOf, @Nullable ReservationId olderThan, int limit) {
  /// Reservations per page at most.
  public static final int MAX_LIMIT = 1_000;

  public ReservationPaging {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
  }
}
