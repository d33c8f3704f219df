package io.holdfast.server.request;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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

  private static final long LOOK_MILLIS = 20;
  private static final int FEW = 1_000;

  /// The answers that are still to be ended. Of most we are told when they have; what streams to
  /// its client takes the place of whoever is told that the client went away, so those are looked
  /// for.
  private final Set<HttpServerResponse> open = ConcurrentHashMap.newKeySet();

  private volatile int many = FEW;
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
    long begun = System.nanoTime();
    try {
      while (isAnyOpen()) {
        if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS)) {
          LOG.warn("The node stops before all requests are answered");
          break;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      TimeUnit.MILLISECONDS.sleep(LINGER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Noted first and asked second, so that no request slips in behind the last one.
  private void begin(RoutingContext context) {
    HttpServerResponse response = context.response();
    open.add(response);
    if (isStopping) {
      open.remove(response);
      if (context.request().version() != HttpVersion.HTTP_2) {
        response.putHeader("Connection", "close");
      }
      ProblemResponses.send(
          Problem.of(ProblemCode.BUSY, "this node is stopping; nothing took effect"), response);
    } else {
      context.addEndHandler(_ -> open.remove(response));
      forgetThoseThatAreOver();
      context.next();
    }
  }

  private void forgetThoseThatAreOver() {
    if (open.size() > many) {
      isAnyOpen();
      many = Math.max(FEW, 2 * open.size());
    }
  }

  private boolean isAnyOpen() {
    open.removeIf(response -> response.ended() || response.closed());
    return !open.isEmpty();
  }
}
