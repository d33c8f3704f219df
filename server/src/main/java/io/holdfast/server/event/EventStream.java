package io.holdfast.server.event;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.request.Drain;
import io.holdfast.stock.TenantId;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Tells one client of events as they are published, from a position on. It is read as fast as the
/// client takes it: nothing is kept for one that is slow, since all of it is in the database.
final class EventStream {
  private static final Logger LOG = Logger.getLogger(EventStream.class);
  private static final Duration LIFETIME = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /// How late it is seen that the node stops, or that the client is gone.
  private static final Duration LOOK_AROUND = Duration.ofMillis(250);

  private static final Duration MAX_SEND = Duration.ofSeconds(30);
  private static final long RECONNECT_MILLIS = 500;
  private static final int PAGE = 200;

  private final TenantScope tenants;
  private final Arrivals arrivals;
  private final Drain drain;
  private final Asked asked;

  /// What is to be told.
  ///
  /// @param source of the tenant's events
  record Asked(TenantId tenant, String source, TypeFilter types) {}

  EventStream(TenantScope tenants, Arrivals arrivals, Drain drain, Asked asked) {
    this.tenants = tenants;
    this.arrivals = arrivals;
    this.drain = drain;
    this.asked = asked;
  }

  /// Until the client goes, or its time is over. The client comes again with the last id that it
  /// has seen, and its credential is looked at anew.
  void tell(long after, SseEventSink sink, Sse sse) {
    try {
      send(sink, sse.newEventBuilder().comment("open").reconnectDelay(RECONNECT_MILLIS).build());
      long position = after;
      long until = System.nanoTime() + LIFETIME.toNanos();
      while (System.nanoTime() < until && !sink.isClosed() && !isStopping()) {
        long next = tellPage(position, sink, sse);
        if (next == position) {
          rest(position, until, sink, sse);
        }
        position = next;
      }
    } catch (Feed.Gone gone) {
      LOG.debug("a stream was slower than events are kept for", gone);
    } catch (ExecutionException | TimeoutException gone) {
      LOG.debug("a stream's client is gone, or takes nothing", gone);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopping() {
    return drain.isStopping() || arrivals.isClosed();
  }

  private long tellPage(long position, SseEventSink sink, Sse sse)
      throws Feed.Gone, ExecutionException, TimeoutException, InterruptedException {
    Feed.Page page =
        tenants.inTransaction(
            asked.tenant(),
            handle -> Feed.read(handle, asked.tenant(), position, asked.types(), PAGE));
    for (PublishedEvent event : page.events()) {
      String json = JsonWriting.text(event.of(asked.source()));
      send(
          sink,
          sse.newEventBuilder()
              .id(Long.toString(event.position()))
              .name(event.type())
              .data(String.class, json)
              .build());
    }
    return page.next();
  }

  /// Waits for more. A sign of life now and then finds out whether anybody is there.
  private void rest(long position, long until, SseEventSink sink, Sse sse)
      throws ExecutionException, TimeoutException, InterruptedException {
    long silentUntil = Math.min(until, System.nanoTime() + SILENCE.toNanos());
    boolean isSilent = true;
    while (isSilent && System.nanoTime() < silentUntil && !sink.isClosed() && !isStopping()) {
      isSilent = !arrivals.await(asked.tenant(), position, LOOK_AROUND);
    }
    if (isSilent && !sink.isClosed() && !isStopping()) {
      send(sink, sse.newEventBuilder().comment("nothing new").build());
    }
  }

  private static void send(SseEventSink sink, OutboundSseEvent event)
      throws ExecutionException, TimeoutException, InterruptedException {
    sink.send(event).toCompletableFuture().get(MAX_SEND.toMillis(), TimeUnit.MILLISECONDS);
  }
}
