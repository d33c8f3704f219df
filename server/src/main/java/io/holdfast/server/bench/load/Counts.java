package io.holdfast.server.bench.load;

import io.holdfast.stock.EngineObserver;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// What the engine says that it did while it was measured.
public final class Counts implements EngineObserver {
  /// Locks that took longer than this were waited for: the round trip alone takes less.
  private static final long LOCK_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Map<Retry, LongAdder> retries = new EnumMap<>(Retry.class);
  private final LongAdder transactions = new LongAdder();
  private final LongAdder lockWaits = new LongAdder();
  private final LongAdder lockNanos = new LongAdder();
  private volatile boolean isOpen;

  public Counts() {
    for (Retry why : Retry.values()) {
      retries.put(why, new LongAdder());
    }
  }

  void open() {
    isOpen = true;
  }

  void close() {
    isOpen = false;
  }

  @Override
  public void retried(Retry why) {
    if (isOpen) {
      Objects.requireNonNull(retries.get(why)).increment();
    }
  }

  @Override
  public void transactionEnded(int commands, long queueWait, long lock, long transaction) {
    if (isOpen) {
      transactions.increment();
      lockNanos.add(lock);
      if (lock > LOCK_WAIT_NANOS) {
        lockWaits.increment();
      }
    }
  }

  /// As members of a result.
  public Map<String, Object> members() {
    Map<String, Object> causes = new LinkedHashMap<>();
    retries.forEach((why, count) -> causes.put(why.name().toLowerCase(Locale.ROOT), count.sum()));
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("transactions", transactions.sum());
    members.put("retries", retries.values().stream().mapToLong(LongAdder::sum).sum());
    members.put("conflicts", count(Retry.CONFLICT));
    members.put("deadlocks", count(Retry.DEADLOCK));
    members.put("lock_waits", lockWaits.sum());
    members.put("lock_ms", lockNanos.sum() / 1e6 / Math.max(1, transactions.sum()));
    members.put("retried", causes);
    return members;
  }

  private long count(Retry why) {
    return Objects.requireNonNull(retries.get(why)).sum();
  }
}
