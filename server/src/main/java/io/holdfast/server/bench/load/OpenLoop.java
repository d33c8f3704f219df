package io.holdfast.server.bench.load;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Callers who come when they come, at a rate, whether those before them were answered or not. The
/// gaps between them are exponential, as of people who know nothing of each other. Each one's
/// latency counts from the moment at which it was to come: a stall is felt by all who came
/// meanwhile.
public final class OpenLoop {
  private static final long LATENCY_MAX = TimeUnit.MINUTES.toNanos(2);
  private static final long SEED = 1;
  private static final long END_NANOS = 1_000_000;

  private final Reservers reservers;
  private final double perSecond;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final LongAdder answered = new LongAdder();
  private final LongAdder others = new LongAdder();
  private final Histogram latency = new ConcurrentHistogram(LATENCY_MAX, 3);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong waiting = new AtomicLong();

  public OpenLoop(Reservers reservers, double perSecond) {
    this.reservers = reservers;
    this.perSecond = perSecond;
  }

  /// Runs for `warmUp`, then measures for `measured`, or less if `isOver` says so.
  public LoadResult run(Duration warmUp, Duration measured, BooleanSupplier isOver) {
    long start = System.nanoTime();
    long from = start + warmUp.toNanos();
    long until = from + measured.toNanos();
    Cpu cpu = Cpu.start();
    double due = start;
    while (due < until && failure.get() == null && !isOver.getAsBoolean()) {
      long left = (long) due - System.nanoTime();
      if (left > 0) {
        LockSupport.parkNanos(left);
      } else {
        arrive((long) due, (long) due >= from);
        due += -Math.log(1 - random.nextDouble()) * 1e9 / perSecond;
      }
    }
    double cpuPercent = cpu.percent();
    Duration took = Duration.ofNanos(Math.max(1, Math.min((long) due, until) - from));
    while (waiting.get() > 0) {
      LockSupport.parkNanos(END_NANOS);
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a caller got no answer", failed);
    }
    return new LoadResult(answered.sum(), others.sum(), took, latency, cpuPercent);
  }

  private void arrive(long due, boolean isMeasured) {
    waiting.incrementAndGet();
    CompletableFuture<Boolean> asked = reservers.submit();
    var _ =
        asked.whenComplete(
            (isSuccess, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              } else if (isMeasured) {
                latency.recordValue(Math.min(System.nanoTime() - due, LATENCY_MAX));
                (isSuccess ? answered : others).increment();
              }
              waiting.decrementAndGet();
            });
  }
}
