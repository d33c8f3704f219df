package io.holdfast.proof.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a load process is told. It goes by standard input, because it holds the credential.
///
/// @param urls of the nodes, which get the connections in turn
/// @param skus reserved one unit at a time, in turn; none: the route without database
/// @param orderLines of how many items an order is placed; 0: they are only reserved
/// @param offeredPerSecond how many requests all connections together send at most, each at its own
///   steady pace; 0: each sends as soon as it has its answer
public record LoadJob(
    List<String> urls,
    String credential,
    List<String> skus,
    int orderLines,
    int connections,
    int offeredPerSecond,
    int warmUpMillis,
    int measuredMillis) {

  public LoadJob {
    urls = List.copyOf(urls);
    skus = List.copyOf(skus);
  }

  /// How long a connection lets pass from one request to the next, if it has its answer by then.
  long pauseNanos() {
    return offeredPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(connections) / offeredPerSecond;
  }
}
