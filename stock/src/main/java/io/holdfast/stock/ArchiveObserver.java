package io.holdfast.stock;

import io.holdfast.stock.RetentionView.Archived;
import java.time.Duration;

/// Told what an archiver does, for metrics and logs. Called on the archiver's thread. What it
/// throws is logged and changes nothing.
public interface ArchiveObserver {
  /// Takes no notice.
  ArchiveObserver NONE = new ArchiveObserver() {};

  /// All of a tenant was gone through.
  ///
  /// @param archived what has gone into the archive by that
  /// @param took how long that was, the rests included
  default void tenantArchived(TenantId tenant, Archived archived, Duration took) {}

  /// Something could not be moved; the next pass tries again.
  default void failed(Exception why) {}
}
