package io.holdfast.server.start;

import io.holdfast.stock.FenceEpochs;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.redis.RedisStockMutex;
import io.holdfast.stock.redis.RedisUrl;
import java.util.Map;
import javax.sql.DataSource;

/// Opens the locks outside of the database.
final class Mutexes {
  /// What Quarkus sets for a small process. Netty reads it when it is loaded, and the client of
  /// Redis loads it before Quarkus starts.
  private static final Map<String, String> OF_NETTY =
      Map.of(
          "io.netty.allocator.maxOrder", "3",
          "io.netty.allocator.disableCacheFinalizersForFastThreadLocalThreads", "true");

  private Mutexes() {}

  static RedisStockMutex open(RedisUrl url, DataSource database) {
    OF_NETTY.forEach(System::setProperty);
    try {
      return RedisStockMutex.open(url, FenceEpochs.of(database));
    } catch (StockFailure e) {
      throw new StartFault(
          ExitCode.REDIS_UNREACHABLE, "the Redis at " + url + " can't be reached", e);
    }
  }
}
