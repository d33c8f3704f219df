package io.holdfast.server.operations;

import io.holdfast.stock.EngineObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// What the engine does, as metrics. The engine starts before the registry that is scraped, so it
/// counts into the global one, to which that is added.
public final class EngineMetrics implements EngineObserver {
  private static final Duration[] WAITS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry = Metrics.globalRegistry;
  private final LongAdder queued = new LongAdder();
  private final Map<String, Timer> answers = new ConcurrentHashMap<>();
  private final Map<Retry, Counter> retries = new EnumMap<>(Retry.class);
  private final DistributionSummary batchSize =
      DistributionSummary.builder("holdfast.engine.batch.commands")
          .description("commands decided in one transaction")
          .serviceLevelObjectives(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000)
          .register(registry);
  private final Timer queueWait = timer("queue.wait", "the longest wait for a turn of a batch");
  private final Timer lockWait = timer("lock.wait", "how long a transaction's locks took");
  private final Timer transaction = timer("transaction", "how long a transaction took");

  public EngineMetrics() {
    Gauge.builder("holdfast.engine.queued", queued, LongAdder::sum)
        .description("commands waiting in all lanes")
        .register(registry);
    for (Retry why : Retry.values()) {
      retries.put(why, retry(why));
    }
  }

  @Override
  public void transactionEnded(
      int commands, long queueWaitNanos, long lockNanos, long transactionNanos) {
    batchSize.record(commands);
    queueWait.record(queueWaitNanos, TimeUnit.NANOSECONDS);
    lockWait.record(lockNanos, TimeUnit.NANOSECONDS);
    transaction.record(transactionNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void answered(String command, String outcome, boolean replayed, long nanos) {
    answers
        .computeIfAbsent(
            command + " " + outcome + " " + replayed, _ -> answer(command, outcome, replayed))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void retried(Retry why) {
    Optional.ofNullable(retries.get(why)).orElseThrow().increment();
  }

  @Override
  public void queued(int delta) {
    queued.add(delta);
  }

  private Counter retry(Retry why) {
    return Counter.builder("holdfast.engine.retries")
        .description("transactions done again")
        .tag("why", why.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private Timer answer(String command, String outcome, boolean replayed) {
    return Timer.builder("holdfast.engine.answers")
        .description("commands answered, and how long each took")
        .tag("command", command)
        .tag("outcome", outcome)
        .tag("replayed", Boolean.toString(replayed))
        .register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder("holdfast.engine." + name)
        .description(description)
        .serviceLevelObjectives(WAITS)
        .register(registry);
  }
}
