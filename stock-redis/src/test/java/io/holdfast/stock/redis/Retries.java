package io.holdfast.stock.redis;

import io.holdfast.stock.EngineObserver;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts why transactions were done again.
final class Retries implements EngineObserver {
  private final Map<Retry, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public void retried(Retry why) {
    counts.computeIfAbsent(why, _ -> new LongAdder()).increment();
  }

  long of(Retry why) {
    return Objects.requireNonNullElseGet(counts.get(why), LongAdder::new).sum();
  }
}
