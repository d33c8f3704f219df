package io.holdfast.server.request;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// Ends the serving of requests in order: those that have begun are answered, later ones are told
/// to come again, and only then does HTTP stop. The framework's own way tells later ones nothing.
@Singleton
public final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);
  private static final int PRIORITY = 2_000;
  private static final long MAX_WAIT_SECONDS = 15;

  /// A connection that is closed while its client sends is reset, and a reset takes with it the
  /// answers that the client has not read yet. So the last answers get the time of a long round
  /// trip before HTTP stops.
  private static final long LINGER_MILLIS = 500;

  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch lastEnded = new CountDownLatch(1);
  private volatile boolean isStopping;

  /// For what would go on for ever.
  public boolean isStopping() {
    return isStopping;
  }

  void install(@Observes Filters filters) {
    filters.register(this::begin, PRIORITY);
  }

  /// The framework waits for this before it closes HTTP, whoever asked it to stop: its own hook for
  /// signals does not wait for the program's, and its [io.quarkus.runtime.ShutdownEvent] comes when
  /// HTTP is closed.
  void drain(@Observes ShutdownDelayInitiatedEvent stopping) {
    isStopping = true;
    try {
      if (open.get() > 0 && !lastEnded.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The node stops before all requests are answered");
      }
      TimeUnit.MILLISECONDS.sleep(LINGER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Counted first and asked second, so that no request slips in behind the last one.
  private void begin(RoutingContext context) {
    open.incrementAndGet();
    if (isStopping) {
      end();
      if (context.request().version() != HttpVersion.HTTP_2) {
        context.response().putHeader("Connection", "close");
      }
      ProblemResponses.send(
          Problem.of(ProblemCode.BUSY, "this node is stopping; nothing took effect"),
          context.response());
    } else {
      context.addEndHandler(_ -> end());
      context.next();
    }
  }

  private void end() {
    if (open.decrementAndGet() == 0 && isStopping) {
      lastEnded.countDown();
    }
  }
}
