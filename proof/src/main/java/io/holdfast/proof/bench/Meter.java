package io.holdfast.proof.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How busy and how big another process is.
final class Meter {

  private static final String PEAK = "VmHWM:";

  private final long pid;
  private long startNanos;
  private Duration startCpu = Duration.ZERO;

  Meter(long pid) {
    this.pid = pid;
  }

  void start() {
    startNanos = System.nanoTime();
    startCpu = cpu();
  }

  /// Since the start, in percent of one core.
  double cpuPercent() {
    return 100.0 * cpu().minus(startCpu).toNanos() / (System.nanoTime() - startNanos);
  }

  /// The most it ever had resident; none where the system does not say.
  Optional<Long> residentMib() {
    try {
      return Files.readAllLines(
              Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8)
          .stream()
          .filter(line -> line.startsWith(PEAK))
          .map(line -> line.replaceAll("\\D", ""))
          .map(kib -> Long.parseLong(kib) / 1_024)
          .findFirst();
    } catch (IOException elsewhere) {
      return Optional.empty();
    }
  }

  private Duration cpu() {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
