package io.holdfast.server.order;

import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.order.OrderSteps.Asked;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.stock.Reach;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
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

/// The routes of orders.
@Path("/v1/orders")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders", description = "Stock held for a buyer at frozen prices, until it is theirs")
public final class OrdersResource {
  private static final String PLACED =
      "unknown_item no_stock_record limit_exceeded too_many_reservations level_quarantined"
          + " insufficient_stock item_archived item_without_price several_currencies price_changed"
          + " total_out_of_range key_reused";
  private static final String STEPPED =
      "unknown_order illegal_order_step version_conflict order_archived key_reused";

  private final TenantScope tenants;
  private final OrderPlacement placement;
  private final OrderSteps steps;

  OrdersResource(TenantScope tenants, OrderPlacement placement, OrderSteps steps) {
    this.tenants = tenants;
    this.placement = placement;
    this.steps = steps;
  }

  @POST
  @Operation(
      operationId = "placeOrder",
      summary = "Reserves all lines or none, and freezes their prices",
      extensions = {
        @Extension(name = "x-problem-codes", value = PLACED),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OrderRequests.NewOrder.class)))
  @APIResponseSchema(value = OrderBodies.Told.class, responseCode = "201")
  public Response place(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    Reach reach = Reach.of(security, "placeOrder");
    return placement.place(
        reach,
        OrderRequests.NewOrder.read(JsonBody.of(body, headers), reach),
        RequestKey.of(headers));
  }

  @GET
  @Operation(
      operationId = "listOrders",
      summary = "Orders, the newest first",
      description = "Whoever may read its own alone finds its own alone.")
  @Parameter(name = "number", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
  @Parameter(name = "customer", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {
                "placed",
                "paid",
                "partly_fulfilled",
                "fulfilled",
                "returned",
                "cancelled",
                "expired"
              }))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "`next` of the page before",
      schema = @Schema(type = SchemaType.STRING))
  @APIResponseSchema(value = OrderBodies.Page.class, responseCode = "200")
  public Response list(@Context UriInfo address, @Context SecurityContext security)
      throws SQLException {
    Reach reach = Reach.of(security, "listOrders");
    TenantId tenant = reach.caller().tenant();
    OrderQuery asked = OrderQuery.of(address);
    OrderQuery query = asked.onlyOf(reach.onlyOf());
    OrderBodies.Page page =
        tenants.inTransaction(
            tenant,
            handle ->
                OrderBodies.Page.of(query.found(handle.getConnection(), tenant), query.limit()));
    return JsonResponses.of(200, page).build();
  }

  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getOrder",
      summary = "One order, and what may be done with it",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_order"),
        @Extension(name = "x-versioned", value = "true")
      })
  @APIResponseSchema(value = OrderBodies.Told.class, responseCode = "200")
  public Response get(@PathParam("id") String id, @Context SecurityContext security)
      throws SQLException {
    Reach reach = Reach.of(security, "getOrder");
    TenantId tenant = reach.caller().tenant();
    ReservationId wanted = OrderPath.id(id);
    return tenants
        .inTransaction(tenant, handle -> Orders.find(handle.getConnection(), tenant, wanted))
        .filter(found -> reach.sees(found.order().terms().customer()))
        .map(found -> VersionTag.told(OrderBodies.Told.of(found), found.order().version()))
        .orElseThrow(() -> OrderPath.unknown(wanted));
  }

  @POST
  @Path("/{id}/pay")
  @Operation(
      operationId = "payOrder",
      summary = "Says that it was paid: from then on its stock is the buyer's",
      extensions = {
        @Extension(
            name = "x-problem-codes",
            value = STEPPED + " insufficient_stock limit_exceeded level_quarantined"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OrderRequests.NewPayment.class)))
  @APIResponseSchema(value = OrderBodies.Told.class, responseCode = "200")
  public Response pay(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    JsonMembers members = JsonBody.optional(body, headers);
    Reach reach = Reach.of(security, "payOrder");
    return steps.pay(
        asked(reach, OrderStep.PAY, id, members, headers), OrderRequests.NewPayment.read(members));
  }

  @POST
  @Path("/{id}/fulfil")
  @Operation(
      operationId = "fulfilOrder",
      summary = "Says that all that is open, or a part of it, was handed over",
      extensions = {
        @Extension(name = "x-problem-codes", value = STEPPED + " more_than_ordered"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OrderRequests.NewFulfilment.class)))
  @APIResponseSchema(value = OrderBodies.Told.class, responseCode = "200")
  public Response fulfil(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    JsonMembers members = JsonBody.optional(body, headers);
    Reach reach = Reach.of(security, "fulfilOrder");
    return steps.fulfil(
        asked(reach, OrderStep.FULFIL, id, members, headers),
        OrderRequests.NewFulfilment.read(members));
  }

  @POST
  @Path("/{id}/cancel")
  @Operation(
      operationId = "cancelOrder",
      summary = "Gives back the stock of all that is open",
      description =
          "A customer cancels what it has not paid for; of an order that is paid, the shop does.",
      extensions = {
        @Extension(
            name = "x-problem-codes",
            value = STEPPED + " balance_out_of_range level_quarantined"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OrderRequests.NewCancellation.class)))
  @APIResponseSchema(value = OrderBodies.Told.class, responseCode = "200")
  public Response cancel(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    JsonMembers members = JsonBody.optional(body, headers);
    Reach reach = Reach.of(security, "cancelOrder");
    return steps.cancel(
        asked(reach, OrderStep.CANCEL, id, members, headers),
        OrderRequests.NewCancellation.read(members));
  }

  @POST
  @Path("/{id}/returns")
  @Operation(
      operationId = "returnOrder",
      summary = "Puts back what came back, where it came from",
      extensions = {
        @Extension(
            name = "x-problem-codes",
            value = STEPPED + " more_than_ordered balance_out_of_range level_quarantined"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OrderRequests.NewOrderReturn.class)))
  @APIResponseSchema(value = OrderBodies.Told.class, responseCode = "200")
  public Response takeBack(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    JsonMembers members = JsonBody.optional(body, headers);
    Reach reach = Reach.of(security, "returnOrder");
    return steps.takeBack(
        asked(reach, OrderStep.RETURN, id, members, headers),
        OrderRequests.NewOrderReturn.read(members));
  }

  private static Asked asked(
      Reach reach, OrderStep step, String id, JsonMembers members, HttpHeaders headers) {
    return new Asked(
        reach,
        step,
        OrderPath.id(id),
        VersionTag.asked(headers),
        members.written(),
        RequestKey.of(headers));
  }
}
