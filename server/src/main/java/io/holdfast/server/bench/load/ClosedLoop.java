package io.holdfast.server.bench.load;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Callers who each ask, wait for the answer, and ask again. Whoever still waits at the end is
/// waited for, and counts in the latencies: the slowest are not left out.
public final class ClosedLoop {
  private static final long LATENCY_MAX = TimeUnit.MINUTES.toNanos(2);

  /// One request with its answer: whether it was a success.
  @FunctionalInterface
  public interface Work {
    boolean attempt() throws Exception;
  }

  private final Work work;
  private final Counts counts;
  private final LongAdder answered = new LongAdder();
  private final LongAdder others = new LongAdder();
  private final Histogram latency = new ConcurrentHistogram(LATENCY_MAX, 3);
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /// @param counts of the engine that is asked
  public ClosedLoop(Work work, Counts counts) {
    this.work = work;
    this.counts = counts;
  }

  public LoadResult run(int callers, Duration warmUp, Duration measured)
      throws InterruptedException {
    long from = System.nanoTime() + warmUp.toNanos();
    long until = from + measured.toNanos();
    double cpuPercent;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        threads.execute(() -> call(from, until));
      }
      TimeUnit.NANOSECONDS.sleep(from - System.nanoTime());
      counts.open();
      Cpu cpu = Cpu.start();
      TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
      cpuPercent = cpu.percent();
      counts.close();
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a caller got no answer", failed);
    }
    return new LoadResult(answered.sum(), others.sum(), measured, latency, cpuPercent);
  }

  private void call(long from, long until) {
    long sent = System.nanoTime();
    while (sent < until && failure.get() == null) {
      boolean isSuccess;
      try {
        isSuccess = work.attempt();
      } catch (Exception e) {
        failure.compareAndSet(null, e);
        return;
      }
      long now = System.nanoTime();
      count(isSuccess, now - sent, now >= from, now < until);
      sent = now;
    }
  }

  private void count(boolean isSuccess, long nanos, boolean isWarm, boolean isInTime) {
    if (isWarm && isSuccess) {
      latency.recordValue(Math.min(nanos, LATENCY_MAX));
    }
    if (isWarm && isInTime) {
      (isSuccess ? answered : others).increment();
    }
  }
}
