package io.holdfast.server.limit;

import java.util.concurrent.atomic.AtomicReference;

/// One request's way through its tenant's line: it waits or works, and then it has ended, once,
/// whoever says so first.
abstract class Turn {
  private enum State {
    NEW,
    WAITING,
    WORKING,
    ENDED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private long giveUpNanos;

  /// The request goes on. By any thread.
  abstract void work();

  /// It does not, and is told so. By any thread.
  abstract void refuse();

  boolean beginAtOnce() {
    return state.compareAndSet(State.NEW, State.WORKING);
  }

  boolean beginToWait(long untilNanos) {
    giveUpNanos = untilNanos;
    return state.compareAndSet(State.NEW, State.WAITING);
  }

  boolean beginAfterWait() {
    return state.compareAndSet(State.WAITING, State.WORKING);
  }

  /// Whether it has waited too long, and no longer does.
  boolean giveUp(long nowNanos) {
    return nowNanos - giveUpNanos >= 0 && state.compareAndSet(State.WAITING, State.ENDED);
  }

  boolean isWaiting() {
    return state.get() == State.WAITING;
  }

  /// Whether it was worked on until now.
  boolean end() {
    return state.getAndSet(State.ENDED) == State.WORKING;
  }
}
