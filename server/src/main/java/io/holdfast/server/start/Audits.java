package io.holdfast.server.start;

import io.holdfast.server.operations.AuditMetrics;
import io.holdfast.stock.AuditSettings;
import io.holdfast.stock.CheckpointSchedule;
import io.holdfast.stock.Control;
import io.holdfast.stock.StockAuditor;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Begins the audits of a node.
final class Audits {
  private Audits() {}

  static AuditMetrics begin(ServeOptions options, Pools pools, Closing closing) throws IOException {
    AuditMetrics metrics = new AuditMetrics(InstantSource.system());
    AuditOptions audits = options.audits();
    // What is made to be wrong need not be told so.
    if (audits.intervalSeconds() > 0 && !options.isChosen(Control.UNPROTECTED)) {
      AuditSettings.Builder settings =
          AuditSettings.usual()
              .with()
              .interval(Duration.ofSeconds(audits.intervalSeconds()))
              .fullInterval(Duration.ofSeconds(audits.fullIntervalSeconds()))
              .busyPercent(audits.busyPercent())
              .descriptions(List.of(Verification.description()))
              .observer(metrics);
      schedule(options).ifPresent(settings::checkpoints);
      closing.closes(StockAuditor.open(pools.background(), settings.build()));
    }
    return metrics;
  }

  private static Optional<CheckpointSchedule> schedule(ServeOptions options) throws IOException {
    int seconds = options.audits().checkpointIntervalSeconds();
    Optional<KeyFiles> files = options.audits().key().map(KeyFiles::new).or(() -> ownKey(options));
    if (seconds == 0 || files.isEmpty()) {
      return Optional.empty();
    }
    KeyFiles keys = files.get();
    boolean isOwn = options.audits().key().isEmpty();
    return Optional.of(
        new CheckpointSchedule(
            isOwn ? keys.ensure() : keys.read(), Duration.ofSeconds(seconds), keys.trusted()));
  }

  /// Nodes that share somebody's database would each sign with another one.
  private static Optional<KeyFiles> ownKey(ServeOptions options) {
    return options.databaseUrl().isEmpty()
        ? Optional.of(KeyFiles.in(options.dataFolder()))
        : Optional.empty();
  }
}
