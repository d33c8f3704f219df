package io.holdfast.stock;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A tenant's retention as it stands, and what has come of it.
///
/// @param version counts how often the tenant has chosen; 0: never, and everything stays
/// @param archived what has gone into the archive by now
/// @param completedAt when all of the tenant was gone through last; null: not yet
public record RetentionView(
    Retention retention, long version, Archived archived, @Nullable Instant completedAt) {
  public RetentionView {
    Objects.requireNonNull(retention, "retention");
    Objects.requireNonNull(archived, "archived");
  }

  /// How many rows.
  public record Archived(long keys, long reservations, long movements) {
    /// None at all.
    public static final Archived NOTHING = new Archived(0, 0, 0);
  }
}
