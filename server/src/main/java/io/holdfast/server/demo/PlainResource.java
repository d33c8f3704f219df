package io.holdfast.server.demo;

import io.holdfast.server.identity.Open;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.json.NoMembers;
import io.holdfast.server.request.SameContext;
import io.holdfast.stock.Customer;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The three plain routes of the ticket office.
@Path("/")
@Open
@OpenDemonstration
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "demonstration", description = "Without a key, on the demonstration and loopback only")
public final class PlainResource {
  private final TicketOffice office;

  PlainResource(TicketOffice office) {
    this.office = office;
  }

  @Schema(name = "PlainBuyer")
  record PlainBuyer(@Schema(required = true, minLength = 1, maxLength = 200) String customerId) {
    static Customer read(byte[] body, HttpHeaders headers) {
      return JsonBody.of(body, headers).only("customer_id").text("customer_id", Customer::new);
    }
  }

  @POST
  @Path("/buy_ticket")
  @NonBlocking
  @Operation(
      operationId = "buyTicket",
      summary = "Buys one ticket",
      extensions = @Extension(name = "x-problem-codes", value = "key_reused"))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = PlainBuyer.class)))
  @APIResponse(
      responseCode = "200",
      description = "Bought",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = PlainAnswers.PlainPurchase.class)))
  @APIResponse(
      responseCode = "410",
      description = "Sold out",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = PlainAnswers.PlainPurchase.class)))
  @APIResponse(
      responseCode = "503",
      description = "Busy",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = PlainAnswers.PlainBusy.class)))
  public CompletionStage<Response> buy(byte[] body, @Context HttpHeaders headers) {
    Customer customer = PlainBuyer.read(body, headers);
    return office
        .buy(customer, RequestKey.of(headers))
        .thenApplyAsync(PlainAnswers::of, new SameContext())
        .exceptionally(PlainAnswers::failed);
  }

  @GET
  @Path("/inventory")
  @RunOnVirtualThread
  @Operation(operationId = "inventory", summary = "How many tickets are left")
  @APIResponseSchema(value = PlainAnswers.PlainInventory.class, responseCode = "200")
  public Response inventory() {
    return JsonResponses.of(200, PlainAnswers.PlainInventory.of(office.inventory())).build();
  }

  @POST
  @Path("/reset")
  @RunOnVirtualThread
  @Operation(
      operationId = "reset",
      summary = "Releases what is reserved and puts 100 tickets on sale again")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NoMembers.class)))
  @APIResponseSchema(value = PlainAnswers.PlainPurchase.class, responseCode = "200")
  public Response reset(byte[] body, @Context HttpHeaders headers) {
    JsonBody.none(body, headers);
    office.reset();
    return JsonResponses.of(
            200,
            new PlainAnswers.PlainPurchase(true, "Inventory reset", office.inventory().available()))
        .build();
  }
}
