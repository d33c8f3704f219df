package io.holdfast.proof.feed;

import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.shop.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Those who read all the time while things happen: pages from each of two nodes, and a stream.
public final class Audience implements AutoCloseable {
  private static final int PAUSE_MILLIS = 20;
  private static final int LARGE_PAGE = 100;
  private static final int SMALL_PAGE = 37;

  private final List<PageReader> pages;
  private final StreamReader stream;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> readers = new ArrayList<>();
  private volatile boolean isOver;

  private Audience(Nodes nodes, long after) {
    pages =
        List.of(
            new PageReader(nodes, 0, LARGE_PAGE, after),
            new PageReader(nodes, 1, SMALL_PAGE, after));
    stream = new StreamReader(nodes, after);
  }

  /// @param after the position that all begin behind
  public static Audience gather(Nodes nodes, long after) {
    Audience audience = new Audience(nodes, after);
    audience.begin();
    return audience;
  }

  private void begin() {
    pages.forEach(reader -> readers.add(threads.submit(() -> reader.readOn(this))));
    readers.add(
        threads.submit(
            () -> {
              stream.listenOn(this);
              return null;
            }));
  }

  boolean isOver() {
    return isOver;
  }

  /// Lets them read up to a position, or until their time is over, and asks what they were told.
  public List<Reading> readings(long position, long untilNanos) throws Exception {
    while (Ticker.nanos() < untilNanos && !hasReached(position)) {
      Ticker.pauseMillis(PAUSE_MILLIS);
    }
    end();
    for (Future<?> reader : readers) {
      reader.get();
    }
    List<Reading> readings = new ArrayList<>(pages.stream().map(PageReader::reading).toList());
    readings.add(stream.reading());
    return readings;
  }

  private boolean hasReached(long position) {
    return stream.position() >= position
        && pages.stream().allMatch(reader -> reader.position() >= position);
  }

  private void end() {
    isOver = true;
    stream.close();
  }

  @Override
  public void close() {
    end();
    threads.close();
  }
}
