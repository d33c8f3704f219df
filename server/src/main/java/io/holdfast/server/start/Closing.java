package io.holdfast.server.start;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;

/// What has been opened so far, to be closed the other way round.
final class Closing implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Closing.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T closes(T resource) {
    opened.push(resource);
    return resource;
  }

  /// One that fails to close keeps none of the others open.
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        LOG.warn("Something did not close in order", e);
      }
    }
  }
}
