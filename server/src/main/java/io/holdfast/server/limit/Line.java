package io.holdfast.server.limit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// One tenant's requests: those that are worked on, counted, and those that wait, in the order in
/// which they came.
///
/// Nobody is forgotten: whoever ends makes room first and looks into the queue second, and whoever
/// waits gets into the queue first and looks for room second.
final class Line {
  private final int maxWaiting;
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Queue<Turn> queue = new ConcurrentLinkedQueue<>();

  Line(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  int working() {
    return working.get();
  }

  int waiting() {
    return waiting.get();
  }

  void enter(Turn turn, int max, long giveUpNanos) {
    if (waiting.get() == 0 && takeRoom(max)) {
      if (turn.beginAtOnce()) {
        turn.work();
      } else {
        working.decrementAndGet();
      }
    } else if (waiting.incrementAndGet() > maxWaiting) {
      waiting.decrementAndGet();
      turn.end();
      turn.refuse();
    } else if (turn.beginToWait(giveUpNanos)) {
      queue.add(turn);
      callNext(max);
    } else {
      waiting.decrementAndGet();
    }
  }

  void end(Turn turn, int max) {
    if (turn.end()) {
      working.decrementAndGet();
      if (waiting.get() > 0) {
        callNext(max);
      }
    }
  }

  /// @param max how many may be worked on now
  void look(long nowNanos, int max) {
    // They have all waited for the same time at most, so the first one in the queue is the first to
    // give up.
    for (Turn next = queue.peek(); next != null; next = queue.peek()) {
      boolean isRefused = next.giveUp(nowNanos);
      if (!isRefused && next.isWaiting()) {
        break;
      }
      if (queue.remove(next)) {
        waiting.decrementAndGet();
      }
      if (isRefused) {
        next.refuse();
      }
    }
    callNext(max);
  }

  private void callNext(int max) {
    while (!queue.isEmpty() && takeRoom(max)) {
      Turn next = queue.poll();
      if (next != null) {
        waiting.decrementAndGet();
      }
      if (next != null && next.beginAfterWait()) {
        next.work();
      } else {
        working.decrementAndGet();
      }
    }
  }

  private boolean takeRoom(int max) {
    int now = working.get();
    while (now < max) {
      if (working.compareAndSet(now, now + 1)) {
        return true;
      }
      now = working.get();
    }
    return false;
  }
}
