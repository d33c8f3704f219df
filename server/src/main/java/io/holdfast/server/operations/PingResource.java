package io.holdfast.server.operations;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// A route without the database, to measure what HTTP itself costs.
@Path("/v1/ping")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operations")
public final class PingResource {
  private static final byte[] OK = "{\"ok\":true}".getBytes(StandardCharsets.US_ASCII);

  @Schema(name = "Pong")
  record Pong(boolean ok) {}

  @GET
  @NonBlocking
  @Operation(operationId = "ping", summary = "Answers without asking the database")
  @APIResponseSchema(value = Pong.class, responseCode = "200")
  public Response ping() {
    return Response.ok(OK, MediaType.APPLICATION_JSON_TYPE).build();
  }
}
