package io.holdfast.server.problem;

import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.origin.RequestOrigin;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/// Sends problems: by a resource's response, or by the router where no resource is involved.
public final class ProblemResponses {
  public static final String MEDIA_TYPE = "application/problem+json";
  public static final String RETRY_AFTER_SECONDS = "1";

  private ProblemResponses() {}

  public static Response of(Problem problem) {
    note(problem);
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(MEDIA_TYPE).entity(JsonWriting.bytes(problem));
    headers(problem).forEach(response::header);
    return response.build();
  }

  public static void send(Problem problem, HttpServerResponse response) {
    if (response.ended() || response.headWritten()) {
      return;
    }
    note(problem);
    response.setStatusCode(problem.status()).putHeader("Content-Type", MEDIA_TYPE);
    headers(problem).forEach(response::putHeader);
    response.end(Buffer.buffer(JsonWriting.bytes(problem)));
  }

  /// For whoever watches what is refused.
  private static void note(Problem problem) {
    RequestOrigin.current().ifPresent(origin -> origin.answeredWith(problem.code()));
  }

  private static Map<String, String> headers(Problem problem) {
    return switch (problem.status()) {
      case 429, 503 -> Map.of("Retry-After", retryAfter(problem));
      case 401 -> Map.of("WWW-Authenticate", "Bearer realm=\"holdfast\", Basic realm=\"holdfast\"");
      default -> Map.of();
    };
  }

  private static String retryAfter(Problem problem) {
    Integer seconds = problem.retryAfterSeconds();
    return seconds == null ? RETRY_AFTER_SECONDS : seconds.toString();
  }
}
