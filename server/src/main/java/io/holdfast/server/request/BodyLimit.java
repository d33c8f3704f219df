package io.holdfast.server.request;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Refuses a body that says it is too large without reading it, and stops reading one that comes in
/// chunks as soon as it is. The framework's own limit answers without a problem, and is left for
/// HTTP/2, where a body read here could not be read again.
@Singleton
final class BodyLimit {
  private static final int PRIORITY = 950;
  // Behind the check of credentials: nobody unknown fills the memory.
  private static final int READING_PRIORITY = 50;
  static final long MAX_BYTES = 1 << 20;

  /// Of a file that is brought in.
  private static final long MAX_FILE_BYTES = 64L << 20;

  /// What the framework takes that has to be counted here: it answers without a problem.
  private static final long FRAMEWORKS_MORE = 3L << 20;

  private static final String FILES = "/v1/imports";
  private static final BodyHandler READER = BodyHandler.create(false).setBodyLimit(MAX_BYTES);

  void install(@Observes Filters filters) {
    filters.register(BodyLimit::check, PRIORITY);
    filters.register(BodyLimit::read, READING_PRIORITY);
    filters.register(BodyLimit::giveEmptyBody, READING_PRIORITY - 1);
  }

  private static void check(RoutingContext context) {
    long most = isFile(context) ? MAX_FILE_BYTES : MAX_BYTES;
    context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, most + FRAMEWORKS_MORE);
    if (length(context.request().getHeader("Content-Length")) <= most) {
      context.next();
    } else {
      refuse(context, most);
    }
  }

  static void refuse(RoutingContext context) {
    refuse(context, MAX_BYTES);
  }

  private static void refuse(RoutingContext context, long most) {
    closeAfterwards(context);
    ProblemResponses.send(
        Problem.of(ProblemCode.TOO_LARGE, "a body has at most " + most + " bytes"),
        context.response());
  }

  /// What is read piece by piece by whoever asked for it, and never as a whole.
  private static boolean isFile(RoutingContext context) {
    return context.request().method().equals(HttpMethod.POST)
        && FILES.equals(context.request().path());
  }

  private static void read(RoutingContext context) {
    // Somebody may have had to know it before.
    if (isInChunks(context) && context.body().buffer() == null && !isFile(context)) {
      context.addHeadersEndHandler(_ -> closeIfTooLarge(context));
      READER.handle(context);
    } else {
      context.next();
    }
  }

  /// The reader gives no body for one without bytes, and the resource would wait for it.
  private static void giveEmptyBody(RoutingContext context) {
    if (isInChunks(context) && context.body().buffer() == null && !isFile(context)) {
      ((RoutingContextInternal) context).setBody(Buffer.buffer());
    }
    context.next();
  }

  private static boolean isInChunks(RoutingContext context) {
    return context.request().getHeader("Transfer-Encoding") != null;
  }

  private static void closeIfTooLarge(RoutingContext context) {
    if (context.response().getStatusCode() == ProblemCode.TOO_LARGE.status()) {
      closeAfterwards(context);
    }
  }

  /// Its bytes are on their way; in HTTP/2 they end with the stream, and the header is forbidden.
  static void closeAfterwards(RoutingContext context) {
    if (context.request().version() != HttpVersion.HTTP_2) {
      context.response().putHeader("Connection", "close");
    }
  }

  /// What is no length was refused by the parser of HTTP before.
  private static long length(@Nullable String header) {
    return header == null ? 0 : Long.parseLong(header);
  }
}
