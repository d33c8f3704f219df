package io.holdfast.server.transfer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.concurrent.atomic.AtomicInteger;

/// What this node does with files that are brought in, as metrics.
final class ImportMetrics {
  private final AtomicInteger running = new AtomicInteger();
  private final Counter applied = rows("applied");
  private final Counter unchanged = rows("unchanged");
  private final Counter failed = rows("failed");
  private final Counter failures =
      Counter.builder("holdfast.import.failures")
          .description("rounds of importing that were left to the next one")
          .register(Metrics.globalRegistry);

  ImportMetrics() {
    Gauge.builder("holdfast.imports.running", running, AtomicInteger::get)
        .description("imports that this node works on")
        .register(Metrics.globalRegistry);
  }

  private static Counter rows(String result) {
    return Counter.builder("holdfast.import.rows")
        .description("lines of imported files by what became of them; dry runs do not count")
        .tag("result", result)
        .register(Metrics.globalRegistry);
  }

  void begun() {
    running.incrementAndGet();
  }

  void ended() {
    running.decrementAndGet();
  }

  void applied(PageResult page) {
    applied(page.applied(), page.unchanged());
    failed(page.faults().size());
  }

  void applied(long lines, long same) {
    applied.increment((double) lines);
    unchanged.increment((double) same);
  }

  void failed(long lines) {
    failed.increment((double) lines);
  }

  void failedRound() {
    failures.increment();
  }
}
