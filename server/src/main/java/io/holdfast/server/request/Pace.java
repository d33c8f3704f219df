package io.holdfast.server.request;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How fast one connection's client sends. The framework's own limit is for silence, and each byte
/// begins it anew; here a head has its time from its first byte on, whatever follows, and a body
/// has a rate that it must keep.
///
/// Whoever is too slow is cut without an answer: what would answer waits for the rest of the body.
/// In HTTP/2 the whole connection goes, with what else is on it; it is one client's.
///
/// It is used by the connection's own thread only, and looks every [#TICK_SECONDS] seconds, so a
/// request costs no timer.
final class Pace extends ChannelInboundHandlerAdapter {
  static final AttributeKey<Pace> OF_CONNECTION = AttributeKey.valueOf("holdfast.pace");

  static final int HEAD_SECONDS = 15;

  /// In HTTP/2 there are bytes that belong to no request, so there is only a time between requests.
  static final int BETWEEN_SECONDS = 60;

  static final int BODY_GRACE_SECONDS = 10;
  static final int BODY_BYTES_PER_SECOND = 8 * 1024;

  private static final int TICK_SECONDS = 2;

  private final LongSupplier nanoClock;
  private final List<Sending> sending = new ArrayList<>(1);
  private boolean isHeadAwaited;
  private boolean isHttp2;
  private long headBegunNanos;
  private @Nullable Future<?> nextTick;

  /// A request that has begun to come.
  private record Sending(HttpServerRequest request, long begunNanos) {
    boolean isOver() {
      return request.response().ended() || request.response().closed();
    }

    boolean isTooSlow(long nowNanos) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(nowNanos - begunNanos) - BODY_GRACE_SECONDS;
      return seconds > 0
          && !request.isEnded()
          && request.bytesRead() < seconds * BODY_BYTES_PER_SECOND;
    }
  }

  Pace(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /// Of a request whose head has come.
  void begun(HttpServerRequest request) {
    isHeadAwaited = false;
    isHttp2 = request.version() == HttpVersion.HTTP_2;
    sending.removeIf(Sending::isOver);
    sending.add(new Sending(request, nanoClock.getAsLong()));
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    tickLater(context);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (!isHeadAwaited) {
      sending.removeIf(Sending::isOver);
      if (sending.isEmpty()) {
        isHeadAwaited = true;
        headBegunNanos = nanoClock.getAsLong();
      }
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (nextTick != null) {
      nextTick.cancel(false);
    }
    context.fireChannelInactive();
  }

  private void tickLater(ChannelHandlerContext context) {
    nextTick = context.executor().schedule(() -> tick(context), TICK_SECONDS, TimeUnit.SECONDS);
  }

  private void tick(ChannelHandlerContext context) {
    long nowNanos = nanoClock.getAsLong();
    if (isHeadTooSlow(nowNanos)) {
      cut(context, "head");
    } else if (sending.stream().anyMatch(one -> !one.isOver() && one.isTooSlow(nowNanos))) {
      cut(context, "body");
    } else {
      tickLater(context);
    }
  }

  private boolean isHeadTooSlow(long nowNanos) {
    int seconds = isHttp2 ? BETWEEN_SECONDS : HEAD_SECONDS;
    return isHeadAwaited && nowNanos - headBegunNanos > TimeUnit.SECONDS.toNanos(seconds);
  }

  private static void cut(ChannelHandlerContext context, String part) {
    Counter.builder("holdfast.http.slow.senders")
        .tag("part", part)
        .description("connections that were cut because their client sent too slowly")
        .register(Metrics.globalRegistry)
        .increment();
    ChannelFuture unusedOutcome = context.close();
  }
}
