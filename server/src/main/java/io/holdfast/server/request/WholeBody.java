package io.holdfast.server.request;

import io.vertx.core.Handler;
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
  private boolean isOver;

  private WholeBody(RoutingContext context, Consumer<Buffer> whole) {
    this.context = context;
    this.whole = whole;
  }

  /// @param whole is given the body, empty if there is none; not called when it was refused
  public static void read(RoutingContext context, Consumer<Buffer> whole) {
    WholeBody reading = new WholeBody(context, whole);
    HttpServerRequest request = context.request();
    if (request.version() == HttpVersion.HTTP_2) {
      reading.readLength(request);
    } else if (request.isEnded()) {
      reading.end();
    } else {
      reading.begin(request, reading::add);
    }
  }

  /// A resource of the framework refuses a stream of HTTP/2 that has ended before it came. So one
  /// is left before its end: as much is read as it says that there is, and what follows is
  /// nobody's.
  private void readLength(HttpServerRequest request) {
    String header = request.getHeader("Content-Length");
    long length = header == null ? 0 : Long.parseLong(header);
    if (length == 0) {
      request.pause();
      end();
      return;
    }
    begin(
        request,
        part -> {
          add(part);
          if (!isOver && body.length() >= length) {
            request.pause();
            end();
          }
        });
  }

  private void begin(HttpServerRequest request, Handler<Buffer> each) {
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))
        && request.version() != HttpVersion.HTTP_1_0) {
      context.response().writeContinue();
    }
    request.handler(each).endHandler(_ -> end()).exceptionHandler(this::fail).resume();
  }

  private void add(Buffer part) {
    if (isOver) {
      return;
    }
    if (body.length() + part.length() > BodyLimit.MAX_BYTES) {
      isOver = true;
      BodyLimit.refuse(context);
    } else {
      body.appendBuffer(part);
    }
  }

  private void end() {
    if (!isOver) {
      isOver = true;
      ((RoutingContextInternal) context).setBody(body);
      whole.accept(body);
    }
  }

  private void fail(Throwable thrown) {
    if (!isOver) {
      isOver = true;
      context.fail(new IOException("the body did not come to its end", thrown));
    }
  }
}
