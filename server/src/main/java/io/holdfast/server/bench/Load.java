package io.holdfast.server.bench;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.StockEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Callers that each reserve one unit, wait for the answer, and reserve the next: a closed loop.
/// Every request has an idempotency key of its own.
final class Load {
  private static final Duration TTL = Duration.ofHours(1);

  private final StockEngine engine;
  private final Call call;
  private final List<String> skus;
  private final int callers;
  private final AtomicLong keys = new AtomicLong(System.nanoTime());
  private final LongAdder answered = new LongAdder();
  private final LongAdder others = new LongAdder();
  private final Histogram latency = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);

  Load(StockEngine engine, Call call, List<String> skus, int callers) {
    this.engine = engine;
    this.call = call;
    this.skus = skus;
    this.callers = callers;
  }

  /// @param latencyNanos of the requests answered after the warm-up, whenever they were sent
  record Result(double perSecond, Histogram latencyNanos, double cpuPercent) {}

  Result run(Duration warmUp, Duration measured) throws InterruptedException {
    long from = System.nanoTime() + warmUp.toNanos();
    long until = from + measured.toNanos();
    Cpu cpu;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        threads.execute(() -> call(from, until));
      }
      TimeUnit.NANOSECONDS.sleep(from - System.nanoTime());
      cpu = Cpu.start();
    }
    if (others.sum() > 0) {
      throw new IllegalStateException(others.sum() + " requests were not reserved");
    }
    return new Result(answered.sum() / (measured.toNanos() / 1e9), latency, cpu.percent());
  }

  private void call(long from, long until) {
    long sent = System.nanoTime();
    while (sent < until) {
      String sku = skus.get(ThreadLocalRandom.current().nextInt(skus.size()));
      Answer answer =
          engine
              .submit(
                  new Command.Reserve(List.of(Line.of(sku, 1)), TTL, null),
                  call.withKey(new IdempotencyKey(Long.toHexString(keys.incrementAndGet()))))
              .toCompletableFuture()
              .join();
      long now = System.nanoTime();
      if (!(answer.outcome() instanceof Outcome.Reserved)) {
        others.increment();
      } else if (now >= from && now < until) {
        answered.increment();
        latency.recordValue(now - sent);
      }
      sent = now;
    }
  }
}
