package io.holdfast.proof.client;

import io.holdfast.proof.history.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// People who all begin at one moment, in this process.
public final class AtOnce {
  private AtOnce() {}

  /// What one of them does.
  public interface Doing {
    void go(int person) throws Exception;
  }

  /// Returns when the last one has finished.
  ///
  /// @param startNanos when they begin, at the earliest
  public static void run(int people, long startNanos, Doing doing) throws Exception {
    CountDownLatch ready = new CountDownLatch(people);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < people; i++) {
        int person = i;
        all.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  Ticker.pauseUntil(startNanos);
                  doing.go(person);
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }
}
