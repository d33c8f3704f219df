package io.holdfast.proof.prove;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// One line that is drawn over and over on a terminal; elsewhere a line from time to time.
final class Progress implements AutoCloseable {

  private static final long LIVE_NANOS = 200_000_000;
  private static final long QUIET_NANOS = 10_000_000_000L;
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean isLive;
  private final String title;
  private final Tally tally;
  private final long startNanos = System.nanoTime();
  private final Thread thread;
  private volatile boolean isOver;

  private Progress(PrintStream out, boolean isLive, String title, Tally tally) {
    this.out = out;
    this.isLive = isLive;
    this.title = title;
    this.tally = tally;
    this.thread = Thread.ofVirtual().unstarted(this::draw);
  }

  static Progress start(String title, Tally tally) {
    boolean isTerminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    Progress progress = new Progress(System.err, isTerminal, title, tally);
    progress.thread.start();
    return progress;
  }

  @Override
  public void close() {
    isOver = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    out.print(isLive ? ERASE : "");
    out.println(line());
  }

  private void draw() {
    long pauseNanos = isLive ? LIVE_NANOS : QUIET_NANOS;
    long next = startNanos + pauseNanos;
    while (!isOver) {
      long left = next - System.nanoTime();
      if (left > 0) {
        LockSupport.parkNanos(left);
      } else {
        out.print(isLive ? ERASE + line() : line() + System.lineSeparator());
        out.flush();
        next += pauseNanos;
      }
    }
  }

  private String line() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return "%-22s %5.1f s  %s".formatted(title, seconds, tally);
  }
}
