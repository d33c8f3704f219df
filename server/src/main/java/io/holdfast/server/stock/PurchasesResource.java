package io.holdfast.server.stock;

import io.holdfast.server.json.JsonBody;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Reserve and commit in one step. A purchase is a reservation that was committed as it was made.
@Path("/v1/purchases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "purchases", description = "Stock gone in one step")
public final class PurchasesResource {
  private final EngineCalls engine;

  PurchasesResource(EngineCalls engine) {
    this.engine = engine;
  }

  @POST
  @NonBlocking
  @Operation(
      operationId = "purchase",
      summary = "Buys all lines or none",
      extensions =
          @Extension(
              name = "x-problem-codes",
              value =
                  "unknown_item no_stock_record level_quarantined insufficient_stock"
                      + " limit_exceeded key_reused"))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Requests.NewPurchase.class)))
  @APIResponseSchema(value = Bodies.Purchase.class, responseCode = "201")
  public CompletionStage<Response> purchase(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security) {
    Reach reach = Reach.of(security, "purchase");
    return engine.ask(Requests.NewPurchase.read(JsonBody.of(body, headers), reach), reach, headers);
  }
}
