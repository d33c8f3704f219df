package io.holdfast.server.request;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.io.IOException;
import java.util.function.Consumer;

/// Reads a request's body to its end, for whoever has to know it before anything acts on it. The
/// bytes are those that were sent, whatever their media type, and are there for the resource as
/// well. Past the limit of bodies nothing more is kept, and the request is refused.
public final class WholeBody {
  private final RoutingContext context;
  private final Consumer<Buffer> whole;
  private final Buffer body = Buffer.buffer();
  private boolean isRefused;

  private WholeBody(RoutingContext context, Consumer<Buffer> whole) {
    this.context = context;
    this.whole = whole;
  }

  /// @param whole is given the body, empty if there is none; not called when it was refused
  public static void read(RoutingContext context, Consumer<Buffer> whole) {
    WholeBody reading = new WholeBody(context, whole);
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      reading.end();
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))
        && request.version() != HttpVersion.HTTP_1_0) {
      context.response().writeContinue();
    }
    request
        .handler(reading::add)
        .endHandler(_ -> reading.end())
        .exceptionHandler(reading::fail)
        .resume();
  }

  private void add(Buffer part) {
    if (isRefused) {
      return;
    }
    if (body.length() + part.length() > BodyLimit.MAX_BYTES) {
      isRefused = true;
      BodyLimit.refuse(context);
    } else {
      body.appendBuffer(part);
    }
  }

  private void end() {
    if (!isRefused) {
      ((RoutingContextInternal) context).setBody(body);
      whole.accept(body);
    }
  }

  private void fail(Throwable thrown) {
    if (!isRefused) {
      isRefused = true;
      context.fail(new IOException("the body did not come to its end", thrown));
    }
  }
}
