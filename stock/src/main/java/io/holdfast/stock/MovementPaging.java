package io.holdfast.stock;

import java.util.Objects;

/// Which movements of a level to read: so many, in one of two orders, beyond a version. Since the
/// ledger is only ever added to, and of one level in the order of versions, pages that begin where
/// the one before ended neither skip nor repeat anything, whatever is written meanwhile.
///
/// @param beyond the version that the page before ended with, not on this one
/// @param limit how many at most, 1 to 1,000
public record MovementPaging(Order order, long beyond, int limit) {
  /// Movements per page at most.
  public static final int MAX_LIMIT = 1_000;

  public MovementPaging {
    Objects.requireNonNull(order, "order");
    if (beyond < 0) {
      throw new IllegalArgumentException("beyond must not be negative, but is " + beyond);
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
  }

  /// By version, and so by time.
  public enum Order {
    /// Down from the newest version.
    NEWEST_FIRST,
    /// Up from the first version.
    OLDEST_FIRST
  }

  /// The first page.
  public static MovementPaging first(Order order, int limit) {
    Objects.requireNonNull(order, "order");
    return switch (order) {
      case NEWEST_FIRST -> new MovementPaging(order, Long.MAX_VALUE, limit);
      case OLDEST_FIRST -> new MovementPaging(order, 0, limit);
    };
  }

  /// The page that follows one which ended with this version.
  public MovementPaging after(long version) {
    return new MovementPaging(order, version, limit);
  }
}
