package io.holdfast.server.stock;

import io.holdfast.server.catalog.ItemPath;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.request.VersionTag;
import io.holdfast.stock.ItemAsOf;
import io.holdfast.stock.ItemView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// An item's stock: what there is or was.
@Path("/v1/items/{sku}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock", description = "What there is, and bringing it in")
public final class ItemStockResource {
  private final StockReader reader;

  ItemStockResource(StockReader reader) {
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
      response.header(VersionTag.TOLD, VersionTag.of(item.levels().getFirst().count().version()));
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
}
