package io.holdfast.proof.client;

import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A buyer's way to the shop: one connection to one of its nodes, to the next one after a failure.
final class Link implements AutoCloseable {

  private static final int REFUSED_PAUSE_MILLIS = 40;

  private final List<Endpoint> targets;
  private final int timeoutMillis;
  private int next;
  private @Nullable Connection connection;

  Link(List<Endpoint> targets, int first, int timeoutMillis) {
    this.targets = List.copyOf(targets);
    this.next = Math.floorMod(first, targets.size());
    this.timeoutMillis = timeoutMillis;
  }

  /// An open connection, or none if no node took one until then.
  Optional<Connection> open(long untilNanos) {
    while (connection == null) {
      try {
        connection = Connection.open(targets.get(next), timeoutMillis);
      } catch (IOException refused) {
        next = (next + 1) % targets.size();
        if (Ticker.nanos() > untilNanos) {
          return Optional.empty();
        }
        Ticker.pauseMillis(REFUSED_PAUSE_MILLIS);
      }
    }
    return Optional.of(connection);
  }

  /// Gives up the connection and turns to the next node.
  void fail() {
    close();
    next = (next + 1) % targets.size();
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
