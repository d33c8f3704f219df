package io.holdfast.server.demo;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What became of a crowd of buyers who were let loose at one moment, millisecond by millisecond.
final class BuyerRun {
  private static final int MAX_MILLIS = 5_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final int buyers;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private final AtomicInteger sold = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicLong lastMillis = new AtomicLong();
  private final AtomicIntegerArray soldAt = new AtomicIntegerArray(MAX_MILLIS);
  private final AtomicIntegerArray refusedAt = new AtomicIntegerArray(MAX_MILLIS);

  BuyerRun(int buyers, LongSupplier nanoClock) {
    this.buyers = buyers;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
  }

  /// A run as it is shown.
  ///
  /// @param elapsedMillis until the last answer so far
  /// @param timeline `[millisecond, sold, refused]` for each in which something was answered
  record Progress(
      int buyers,
      int sold,
      int refused,
      int failed,
      boolean isOver,
      long elapsedMillis,
      List<int[]> timeline) {}

  void answered(@Nullable Answer answer) {
    long millis = (nanoClock.getAsLong() - startNanos) / NANOS_PER_MILLI;
    int slot = (int) Math.min(millis, MAX_MILLIS - 1);
    lastMillis.accumulateAndGet(millis, Math::max);
    if (answer == null) {
      failed.incrementAndGet();
    } else if (answer.outcome() instanceof Outcome.Purchased) {
      soldAt.incrementAndGet(slot);
      sold.incrementAndGet();
    } else {
      refusedAt.incrementAndGet(slot);
      refused.incrementAndGet();
    }
  }

  boolean isOver() {
    return sold.get() + refused.get() + failed.get() == buyers;
  }

  Progress progress() {
    boolean isOver = isOver();
    List<int[]> timeline = new ArrayList<>();
    for (int millis = 0; millis <= Math.min(lastMillis.get(), MAX_MILLIS - 1); millis++) {
      if (soldAt.get(millis) + refusedAt.get(millis) > 0) {
        timeline.add(new int[] {millis, soldAt.get(millis), refusedAt.get(millis)});
      }
    }
    return new Progress(
        buyers, sold.get(), refused.get(), failed.get(), isOver, lastMillis.get(), timeline);
  }
}
