package io.holdfast.server.rounds;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Does some work again and again, on a thread of its own, and once more when it is closed. A round
/// that fails, because the database is away, leaves its work to the next one.
public final class Rounds implements AutoCloseable {
  private static final long MAX_CLOSE_MILLIS = 10_000;

  private final long millisBetween;
  private final Logger log;
  private final Work work;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private boolean isFailing;

  private Rounds(String name, long millisBetween, Logger log, Work work) {
    this.millisBetween = millisBetween;
    this.log = log;
    this.work = work;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /// What is done in a round.
  public interface Work {
    /// @param isLast whether the node stops, and nothing can be left to a later round
    void round(boolean isLast);

    /// Counts a round that has failed.
    ///
    /// @return what could not be done, as the log is to say it
    String failed();
  }

  /// The first round comes after the first pause.
  ///
  /// @param name of the thread
  public static Rounds begin(String name, long millisBetween, Logger log, Work work) {
    Rounds rounds = new Rounds(name, millisBetween, log, work);
    rounds.thread.start();
    return rounds;
  }

  private void run() {
    boolean isLast = false;
    while (!isLast) {
      isLast = isClosedWithin(millisBetween);
      round(isLast);
    }
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void round(boolean isLast) {
    try {
      work.round(isLast);
      isFailing = false;
    } catch (RuntimeException e) {
      String failed = work.failed();
      // One line for an outage, however long it lasts.
      if (!isFailing) {
        log.warn(failed + ", and will be in a later round: " + e);
      }
      log.debug(failed, e);
      isFailing = true;
    }
  }

  /// Waits for the last round, for some seconds at most.
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(MAX_CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
