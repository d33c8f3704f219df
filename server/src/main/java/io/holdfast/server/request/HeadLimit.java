package io.holdfast.server.request;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/// Refuses an address or headers beyond what any request of ours has, with a problem. The parser in
/// front of the router has limits of its own, twice as wide, which keep the memory: it answers with
/// a status alone. In HTTP/2 it counts an address among the headers, so this limit is the only one.
@Singleton
final class HeadLimit {
  // In front of everybody who looks at an address or a header.
  private static final int PRIORITY = 1_500;

  static final int MAX_TARGET_CHARACTERS = 4_096;
  static final int MAX_HEADERS = 100;
  static final int MAX_HEADER_BYTES = 8 * 1024;

  /// What stands between a name and its value, and behind it, in HTTP/1.1.
  private static final int BESIDE_HEADER = ": \r\n".length();

  void install(@Observes Filters filters) {
    filters.register(HeadLimit::check, PRIORITY);
  }

  private static void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.uri().length() > MAX_TARGET_CHARACTERS) {
      refuse(
          context,
          ProblemCode.ADDRESS_TOO_LONG,
          "an address has at most " + MAX_TARGET_CHARACTERS + " characters");
    } else if (isTooMuch(request)) {
      refuse(
          context,
          ProblemCode.HEADERS_TOO_LARGE,
          "a request has at most %d headers and %d bytes of them"
              .formatted(MAX_HEADERS, MAX_HEADER_BYTES));
    } else {
      context.next();
    }
  }

  private static boolean isTooMuch(HttpServerRequest request) {
    int count = 0;
    int bytes = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      count++;
      bytes += header.getKey().length() + header.getValue().length() + BESIDE_HEADER;
    }
    return count > MAX_HEADERS || bytes > MAX_HEADER_BYTES;
  }

  private static void refuse(RoutingContext context, ProblemCode code, String detail) {
    BodyLimit.closeAfterwards(context);
    ProblemResponses.send(Problem.of(code, detail), context.response());
  }
}
