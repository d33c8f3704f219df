package io.holdfast.stock.redis;

import io.holdfast.redis.ThrowawayRedis;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.FenceEpochs;
import io.holdfast.stock.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/// A real Redis, one for all tests of a process that do nothing to it. Gone when the process ends.
final class TestRedis {
  /// Shorter than usual, since some tests are about holders that do not let go.
  private static final Duration LEASE = Duration.ofSeconds(1);

  private static final class Shared {
    private static final ThrowawayRedis SERVER = start();
    private static final RedisStockMutex MUTEX = mutex(SERVER, LEASE);
  }

  private TestRedis() {}

  /// The usual settings of the control, with locks in the shared Redis.
  static EngineSettings settings() {
    return EngineSettings.with(Control.FENCED_LOCK).mutex(Shared.MUTEX).build();
  }

  static ThrowawayRedis shared() {
    return Shared.SERVER;
  }

  /// One for a test that stops it or makes it forget.
  static ThrowawayRedis start() {
    try {
      ThrowawayRedis redis = ThrowawayRedis.open(Files.createTempDirectory("holdfast-test"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(redis)));
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void discard(ThrowawayRedis redis) {
    try {
      redis.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RedisStockMutex mutex(ThrowawayRedis redis, Duration lease) {
    return RedisStockMutex.open(
        RedisUrl.parse("the test", redis.url()),
        FenceEpochs.of(TestDatabase.shared().pool()),
        lease);
  }
}
