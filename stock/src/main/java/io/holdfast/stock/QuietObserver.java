package io.holdfast.stock;

import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps what an observer throws from reaching the engine, errors included: a transaction that was
/// committed stays so, and its callers must be told. The first one is logged for an operator to
/// see.
final class QuietObserver implements EngineObserver {
  private static final System.Logger LOG = System.getLogger(EngineObserver.class.getName());

  private final EngineObserver observer;
  private final AtomicBoolean warned = new AtomicBoolean();

  private QuietObserver(EngineObserver observer) {
    this.observer = observer;
  }

  static EngineObserver of(EngineObserver observer) {
    return observer instanceof QuietObserver ? observer : new QuietObserver(observer);
  }

  @Override
  public void transactionEnded(
      int commands, long queueWaitNanos, long lockNanos, long transactionNanos) {
    quietly(() -> observer.transactionEnded(commands, queueWaitNanos, lockNanos, transactionNanos));
  }

  @Override
  public void answered(String command, String outcome, boolean replayed, long nanos) {
    quietly(() -> observer.answered(command, outcome, replayed, nanos));
  }

  @Override
  public void retried(Retry why) {
    quietly(() -> observer.retried(why));
  }

  @Override
  public void queued(int delta) {
    quietly(() -> observer.queued(delta));
  }

  private void quietly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      boolean first = warned.compareAndSet(false, true);
      LOG.log(
          first ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG, "the observer threw", e);
    }
  }
}
