package io.holdfast.server.json;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// Responses with a record as the body.
public final class JsonResponses {
  private JsonResponses() {}

  public static Response.ResponseBuilder of(int status, Object body) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(JsonWriting.bytes(body));
  }

  /// `replayed` says that this is the answer of an earlier request with the same key.
  public static Response.ResponseBuilder of(int status, Object body, boolean replayed) {
    Response.ResponseBuilder response = of(status, body);
    return replayed ? response.header("Idempotent-Replayed", "true") : response;
  }
}
