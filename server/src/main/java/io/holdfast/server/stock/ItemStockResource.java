package io.holdfast.server.stock;

import io.holdfast.server.catalog.ItemPath;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.stock.ItemAsOf;
import io.holdfast.stock.ItemView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.NonBlocking;
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
import java.time.Instant;
import java.util.concurrent.CompletionStage;
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

/// An item's stock: what there is or was, and the two ways of changing it that nobody reserved for.
@Path("/v1/items/{sku}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock", description = "What there is, and bringing it in")
public final class ItemStockResource {
  private static final String ADJUST_CODES =
      "unknown_item item_not_tracked no_stock_record insufficient_stock balance_out_of_range"
          + " key_reused";

  private final EngineCalls engine;
  private final StockReader reader;

  ItemStockResource(EngineCalls engine, StockReader reader) {
    this.engine = engine;
    this.reader = reader;
  }

  @GET
  @Path("/stock")
  @RunOnVirtualThread
  @Operation(
      operationId = "getStock",
      summary = "What there is of an item, or was at an instant",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_item"))
  @APIResponseSchema(value = Bodies.ItemStock.class, responseCode = "200")
  @Parameter(
      name = "at",
      in = ParameterIn.QUERY,
      description =
          "an instant, by the database's clock: the answer is the state after the last movement at"
              + " or before it",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  public Response stock(
      @PathParam("sku") String sku, @Context UriInfo address, @Context SecurityContext security) {
    String at = HistoryParameters.text("at", address);
    TenantId tenant = Caller.of(security).tenant();
    Sku wanted = ItemPath.sku(sku);
    return at == null
        ? present(reader.item(tenant, wanted).orElseThrow(() -> ItemPath.unknown(wanted)))
        : past(tenant, wanted, HistoryParameters.instant(at));
  }

  private static Response present(ItemView item) {
    Response.ResponseBuilder response = JsonResponses.of(200, Bodies.ItemStock.of(item, null));
    if (item.levels().size() == 1) {
      response.header("ETag", "\"" + item.levels().getFirst().count().version() + "\"");
    }
    return response.build();
  }

  private Response past(TenantId tenant, Sku sku, Instant instant) {
    ItemAsOf asOf = reader.itemAsOf(tenant, sku, instant).orElseThrow(() -> ItemPath.unknown(sku));
    if (asOf.isYetToCome()) {
      throw new InvalidMember("at", "must not be later than now, which is " + asOf.readAt());
    }
    return JsonResponses.of(200, Bodies.ItemStock.of(asOf.item(), instant)).build();
  }

  @POST
  @Path("/receipts")
  @NonBlocking
  @Operation(
      operationId = "receive",
      summary = "Brings stock in",
      extensions =
          @Extension(
              name = "x-problem-codes",
              value = "unknown_item item_not_tracked balance_out_of_range key_reused"))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Requests.NewReceipt.class)))
  @APIResponseSchema(value = LevelBodies.Receipt.class, responseCode = "201")
  public CompletionStage<Response> receive(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return engine.ask(
        Requests.NewReceipt.read(ItemPath.sku(sku), body, headers), security, headers);
  }

  @POST
  @Path("/adjustments")
  @NonBlocking
  @Operation(
      operationId = "adjust",
      summary = "Corrects what is on hand, never below what is reserved",
      extensions = @Extension(name = "x-problem-codes", value = ADJUST_CODES))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Requests.NewAdjustment.class)))
  @APIResponseSchema(value = LevelBodies.Adjustment.class, responseCode = "201")
  public CompletionStage<Response> adjust(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return engine.ask(
        Requests.NewAdjustment.read(ItemPath.sku(sku), body, headers), security, headers);
  }
}
