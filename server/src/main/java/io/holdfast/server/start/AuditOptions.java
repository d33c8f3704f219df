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

  void check(Problems problems) {
    problems.unlessBetween("--audit-interval-seconds", 0, MAX_SECONDS, intervalSeconds);
    problems.unlessBetween("--audit-full-interval-seconds", 1, MAX_SECONDS, fullIntervalSeconds);
    problems.unlessBetween("--audit-busy-percent", 1, 100, busyPercent);
    problems.unlessBetween(
        "--checkpoint-interval-seconds", 0, MAX_SECONDS, checkpointIntervalSeconds);
  }
}
