package io.holdfast.server.stock;

import io.holdfast.server.catalog.ItemPath;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.MovementPaging.Order;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// A level's movements: why its balances are what they are.
@Path("/v1/items/{sku}")
@RunOnVirtualThread
@Tag(name = "stock", description = "What there is, and bringing it in")
public final class MovementsResource {
  private static final MediaType CSV = MediaType.valueOf(MovementsCsv.MEDIA_TYPE);
  private static final List<Variant> FORMS =
      Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, CSV).build();

  private static final String DESCRIPTION =
      """
      With `Accept: text/csv` the answer is the whole level in one file, without limit: the columns
      are the members of a movement, the texts are those of `actor` and `reason`. A text that a
      spreadsheet would take for a formula has a `'` in front, as has one that begins with `'`.""";

  private final StockReader reader;

  MovementsResource(StockReader reader) {
    this.reader = reader;
  }

  @GET
  @Path("/movements")
  @Produces({MediaType.APPLICATION_JSON, MovementsCsv.MEDIA_TYPE})
  @Operation(
      operationId = "listMovements",
      summary = "Why a level's stock is what it is: its movements, with the balances after each",
      description = DESCRIPTION,
      extensions = @Extension(name = "x-problem-codes", value = "unknown_item unknown_location"))
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = HistoryBodies.Page.class)),
        @Content(mediaType = MovementsCsv.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  @Parameter(
      name = "location",
      in = ParameterIn.QUERY,
      description = "where the stock lies",
      schema = @Schema(type = SchemaType.STRING, defaultValue = "main"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "movements on a page; not with text/csv",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "`next` of the page before, in the same order; not with text/csv",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "order",
      in = ParameterIn.QUERY,
      description = "which come first",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"newest", "oldest"},
              defaultValue = "newest"))
  public Response movements(
      @PathParam("sku") String sku,
      @Context UriInfo address,
      @Context Request request,
      @Context HttpServerRequest http,
      @Context SecurityContext security) {
    TenantId tenant = Caller.of(security).tenant();
    Sku item = ItemPath.sku(sku);
    MovementsQuery query = MovementsQuery.of(address);
    LocationId location = HistoryParameters.location(query.location());
    Order order = HistoryParameters.order(query.order());
    Variant form = request.selectVariant(FORMS);
    return form != null && form.getMediaType().isCompatible(CSV)
        ? csv(tenant, item, location, order, query, http)
        : json(tenant, item, location, HistoryParameters.page(order, query.limit(), query.after()));
  }

  private Response json(TenantId tenant, Sku sku, LocationId location, MovementPaging paging) {
    LevelHistory.Page page = known(reader.movements(tenant, sku, location, paging));
    return JsonResponses.of(200, HistoryBodies.Page.of(sku, location, paging.order(), page))
        .build();
  }

  private Response csv(
      TenantId tenant,
      Sku sku,
      LocationId location,
      Order order,
      MovementsQuery query,
      HttpServerRequest http) {
    HistoryParameters.refuseInCsv("limit", query.limit());
    HistoryParameters.refuseInCsv("after", query.after());
    MovementsCsv csv =
        MovementsCsv.begin(
            order,
            paging -> known(reader.movements(tenant, sku, location, paging)),
            System::nanoTime,
            () -> http.response().reset());
    return Response.ok(csv, CSV.withCharset("utf-8"))
        .header(
            "Content-Disposition",
            "attachment; filename=\"" + MovementsCsv.fileName(sku, location) + "\"")
        .build();
  }

  private static LevelHistory.Page known(LevelHistory history) {
    return switch (history) {
      case LevelHistory.Page page -> page;
      case LevelHistory.UnknownItem(var sku) -> throw ItemPath.unknown(sku);
      case LevelHistory.UnknownLocation(var location) ->
          throw new ProblemException(
              ProblemCode.UNKNOWN_LOCATION, "no location is named " + location, "location");
    };
  }
}
