package io.holdfast.server.payment;

import io.holdfast.server.identity.Open;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.payment.PaymentBodies.Received;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The route at which the provider says that something has happened.
@Open
@Path("/v1/payment-events")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "payments", description = "Orders that are paid at a provider, never without stock")
public final class PaymentEventsResource {
  private final PaymentEvents events;

  PaymentEventsResource(PaymentEvents events) {
    this.events = events;
  }

  @POST
  @Path("/{tenant}")
  @Operation(
      operationId = "takePaymentEvent",
      summary = "Hears of the provider that something has happened to a payment",
      description = "Its signature says that it is the provider's. It is asked what has happened.",
      extensions = {
        @Extension(name = "x-open", value = "true"),
        @Extension(name = "x-without-key", value = "true"),
        @Extension(name = "x-problem-codes", value = "event_refused tenant_suspended")
      })
  @Parameter(
      name = EventSignature.HEADER,
      in = ParameterIn.HEADER,
      description = "t=, seconds since 1970, and v1=, the HMAC-SHA256 of them, a dot and the body",
      schema = @Schema(type = SchemaType.STRING))
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponseSchema(value = Received.class, responseCode = "200")
  public Response take(
      @PathParam("tenant") String tenant, byte[] body, @Context HttpHeaders headers) {
    RequestKey.refuse(headers);
    JsonBody.requireForeign(body, headers);
    events.hear(tenant, headers.getHeaderString(EventSignature.HEADER), body);
    return JsonResponses.of(200, new Received(true)).build();
  }
}
