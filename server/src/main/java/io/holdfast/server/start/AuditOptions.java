package io.holdfast.server.start;

import java.nio.file.Path;
import java.util.Optional;

/// How `serve` was asked to audit.
///
/// @param intervalSeconds 0: never
/// @param checkpointIntervalSeconds 0: never
/// @param key the private key that signs checkpoints; empty: the data folder's, if the database is
///   there, too
record AuditOptions(
    int intervalSeconds,
    int fullIntervalSeconds,
    int busyPercent,
    int checkpointIntervalSeconds,
    Optional<Path> key) {
  private static final int MAX_SECONDS = 2_000_000;

  AuditOptions {
    check("--audit-interval-seconds", 0, MAX_SECONDS, intervalSeconds);
    check("--audit-full-interval-seconds", 1, MAX_SECONDS, fullIntervalSeconds);
    check("--audit-busy-percent", 1, 100, busyPercent);
    check("--checkpoint-interval-seconds", 0, MAX_SECONDS, checkpointIntervalSeconds);
  }

  private static void check(String option, int min, int max, int chosen) {
    if (chosen < min || chosen > max) {
      throw new IllegalArgumentException(
          "%s must be between %d and %d, not %d".formatted(option, min, max, chosen));
    }
  }
}
