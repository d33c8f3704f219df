package io.holdfast.stock.redis;

import io.holdfast.stock.StockFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;

/// The server, through its client. Every wait for it has a limit of our own, whatever the client
/// does about a server that hangs, is gone, or comes back.
final class Redis implements AutoCloseable {
  /// A server that takes longer counts as away.
  static final Duration ANSWER_MAX = Duration.ofSeconds(1);

  private static final int CONNECT_MILLIS = 2_000;
  private static final int CONNECTIONS = 32;
  private static final int THREADS = 2;
  private static final Duration RECONNECT = Duration.ofMillis(200);
  private static final long CLOSE_SECONDS = 2;

  private final RedissonClient client;
  private final Outage outage = new Outage();

  private Redis(RedissonClient client) {
    this.client = client;
  }

  static Redis connect(RedisUrl url) {
    try {
      return new Redis(Redisson.create(config(url)));
    } catch (RedisException e) {
      throw new StockFailure(
          StockFailure.Code.MUTEX_UNAVAILABLE, "Redis at " + url + " can't be reached", e);
    }
  }

  private static Config config(RedisUrl url) {
    Config config = new Config();
    config.setCodec(StringCodec.INSTANCE).setUseScriptCache(true);
    config.setThreads(THREADS).setNettyThreads(THREADS);
    url.user().ifPresent(config::setUsername);
    url.password().ifPresent(config::setPassword);
    config
        .useSingleServer()
        .setAddress(url.address())
        .setDatabase(url.database())
        .setConnectTimeout(CONNECT_MILLIS)
        .setTimeout((int) ANSWER_MAX.toMillis())
        // Whoever asks knows what to do without an answer; it is not asked a second time.
        .setRetryAttempts(0)
        .setReconnectionDelay(new ConstantDelay(RECONNECT))
        .setConnectionPoolSize(CONNECTIONS)
        .setConnectionMinimumIdleSize(1)
        .setSubscriptionConnectionMinimumIdleSize(0)
        .setSubscriptionConnectionPoolSize(1);
    return config;
  }

  /// Runs a script and waits for what it answers, if that is anything.
  ///
  /// @throws StockFailure MUTEX_UNAVAILABLE; the script may have run, or may yet run
  Optional<String> ask(String script, List<String> keys, List<String> arguments, Duration atMost) {
    long asked = System.nanoTime();
    if (outage.spares(asked)) {
      throw away("Redis gave no answer a moment ago", null);
    }
    Duration limit = atMost.compareTo(ANSWER_MAX) < 0 ? atMost : ANSWER_MAX;
    try {
      String answer = await(send(script, keys, arguments), limit);
      outage.answered();
      return Optional.ofNullable(answer);
    } catch (TimeoutException e) {
      if (limit.equals(ANSWER_MAX)) {
        outage.noticed(asked, e);
      }
      throw away("Redis gave no answer for " + limit, e);
    } catch (ExecutionException e) {
      outage.noticed(asked, e);
      throw away("Redis gave no answer", e);
    }
  }

  /// Not for interrupts: what was asked for is done all the same, and its answer is needed.
  private static @Nullable String await(Future<String> answer, Duration limit)
      throws TimeoutException, ExecutionException {
    long deadline = System.nanoTime() + limit.toNanos();
    try (KeptInterrupts interrupts = new KeptInterrupts()) {
      while (true) {
        interrupts.keep();
        try {
          return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /// Lets a script run, if it can, and waits for nothing.
  CompletableFuture<String> send(String script, List<String> keys, List<String> arguments) {
    try {
      return client
          .getScript(StringCodec.INSTANCE)
          .<String>evalAsync(
              RScript.Mode.READ_WRITE,
              script,
              RScript.ReturnType.VALUE,
              List.copyOf(keys),
              arguments.toArray())
          .toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /// Whether it answers, found out within a second.
  boolean answers() {
    try {
      return ask(Scripts.ANSWER, List.of(), List.of(), ANSWER_MAX).isPresent();
    } catch (StockFailure e) {
      return false;
    }
  }

  private static StockFailure away(String message, @Nullable Exception cause) {
    return new StockFailure(StockFailure.Code.MUTEX_UNAVAILABLE, message, cause);
  }

  @Override
  public void close() {
    client.shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
