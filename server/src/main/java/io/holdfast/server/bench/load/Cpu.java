package io.holdfast.server.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How busy this process was, in percent of one core.
record Cpu(long startNanos, long startCpuNanos) {
  static Cpu start() {
    return new Cpu(System.nanoTime(), processCpuNanos());
  }

  double percent() {
    return 100.0 * (processCpuNanos() - startCpuNanos) / (System.nanoTime() - startNanos);
  }

  private static long processCpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
