package io.holdfast.server.start;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `serve` about audits.
final class AuditFlags {
  @Option(
      names = "--audit-interval-seconds",
      paramLabel = "N",
      description = {
        "how often each tenant's rows are recomputed in the background, by one of the nodes;",
        "0: never by this one (default: ${DEFAULT-VALUE})"
      })
  private int intervalSeconds = 60;

  @Option(
      names = "--audit-full-interval-seconds",
      paramLabel = "N",
      description = {
        "how often all of a tenant's rows are recomputed, and not only what has changed since",
        "(default: ${DEFAULT-VALUE})"
      })
  private int fullIntervalSeconds = 86_400;

  @Option(
      names = "--audit-busy-percent",
      paramLabel = "N",
      description = "how much of one connection's time audits may take (default: ${DEFAULT-VALUE})")
  private int busyPercent = 10;

  @Option(
      names = "--checkpoint-interval-seconds",
      paramLabel = "N",
      description = {
        "how often what has moved is stated and signed after an audit; 0: never",
        "(default: ${DEFAULT-VALUE})"
      })
  private int checkpointIntervalSeconds = 3_600;

  @Option(
      names = "--checkpoint-key",
      paramLabel = "FILE",
      description = {
        "the private key that signs, with the public one beside it in FILE.pub; nodes that share a",
        "database share it (default: checkpoint-key in the data folder; with --db-url: none)"
      })
  private @Nullable Path key;

  AuditOptions parsed() {
    return new AuditOptions(
        intervalSeconds,
        fullIntervalSeconds,
        busyPercent,
        checkpointIntervalSeconds,
        Optional.ofNullable(key));
  }
}
