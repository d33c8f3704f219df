package io.holdfast.stock.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets those of one node who want the same lock ask Redis one after the other, as they came: a
/// lock that everybody wants is asked for by as many as there are nodes, and not by all that work
/// on them.
///
/// A courtesy and no lock: whoever has waited for long asks all the same, and nothing is right
/// because of it.
final class Turns {
  private final ConcurrentMap<String, Turn> byKey = new ConcurrentHashMap<>();

  private static final class Turn {
    private final Semaphore free = new Semaphore(1, true);

    /// Only changed while its key is locked in the map.
    private int users;
  }

  /// Those turns of some keys that came in time.
  final class Taken implements AutoCloseable {
    private final List<String> keys;
    private final List<Turn> had = new ArrayList<>();

    private Taken(List<String> keys) {
      this.keys = keys;
    }

    @Override
    public void close() {
      had.forEach(turn -> turn.free.release());
      keys.forEach(
          key -> byKey.computeIfPresent(key, (_, turn) -> --turn.users == 0 ? null : turn));
    }
  }

  /// Waits for the turn at each key, in order.
  Taken take(List<String> keys, Duration atMost, KeptInterrupts interrupts) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Taken taken = new Taken(keys);
    for (String key : keys) {
      Turn turn = byKey.compute(key, (_, known) -> used(known == null ? new Turn() : known));
      if (await(turn, deadline, interrupts)) {
        taken.had.add(turn);
      }
    }
    return taken;
  }

  private static Turn used(Turn turn) {
    turn.users++;
    return turn;
  }

  private static boolean await(Turn turn, long deadlineNanos, KeptInterrupts interrupts) {
    while (true) {
      interrupts.keep();
      try {
        return turn.free.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
