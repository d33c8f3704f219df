package io.holdfast.server.catalog;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.json.PageLimit;
import io.holdfast.server.json.YesOrNo;
import io.holdfast.server.request.VersionTag;
import io.holdfast.stock.Sku;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The routes of items.
@Path("/v1/items")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "items", description = "What there is to stock")
public final class ItemsResource {
  private static final int MAX_LIMIT = 1_000;

  private final TenantScope tenants;
  private final ItemCreation creation;
  private final ItemEditing editing;

  ItemsResource(TenantScope tenants, ItemCreation creation, ItemEditing editing) {
    this.tenants = tenants;
    this.creation = creation;
    this.editing = editing;
  }

  @POST
  @Operation(
      operationId = "createItem",
      summary = "Makes an item known",
      extensions = {
        @Extension(name = "x-problem-codes", value = "item_exists key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ItemBodies.NewItem.class)))
  @APIResponseSchema(value = ItemBodies.Item.class, responseCode = "201")
  public Response create(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    return creation.create(
        Caller.of(security), ItemBodies.NewItem.read(body, headers), RequestKey.of(headers));
  }

  @GET
  @Operation(operationId = "listItems", summary = "All items, in the order of their skus")
  @APIResponseSchema(value = ItemBodies.Page.class, responseCode = "200")
  public Response list(
      @QueryParam("limit")
          @DefaultValue("100")
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000")
          String limit,
      @QueryParam("after") String after,
      @QueryParam("archived")
          @DefaultValue("false")
          @Parameter(description = "whether those are listed, too, that are out of the catalogue")
          @Schema(type = SchemaType.BOOLEAN)
          String archived,
      @Context SecurityContext security) {
    boolean alsoArchived = YesOrNo.of("archived", archived);
    int most = PageLimit.of(limit, MAX_LIMIT);
    String start = after == null ? Cursor.START : Cursor.sku(after);
    Caller caller = Caller.of(security);
    List<StoredItem> found =
        tenants.inTransaction(
            caller.tenant(),
            handle -> CatalogItems.list(handle, caller.tenant(), start, alsoArchived, most + 1));
    List<StoredItem> shown = found.subList(0, Math.min(most, found.size()));
    String next = found.size() > most ? Cursor.after(shown.getLast().item().sku().value()) : null;
    return JsonResponses.of(
            200, new ItemBodies.Page(shown.stream().map(ItemBodies.Item::of).toList(), next))
        .build();
  }

  @GET
  @Path("/{sku}")
  @Operation(
      operationId = "getItem",
      summary = "One item",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_item"),
        @Extension(name = "x-versioned", value = "true")
      })
  @APIResponseSchema(value = ItemBodies.Item.class, responseCode = "200")
  public Response get(@PathParam("sku") String sku, @Context SecurityContext security) {
    Caller caller = Caller.of(security);
    Sku wanted = ItemPath.sku(sku);
    StoredItem found =
        tenants
            .inTransaction(
                caller.tenant(), handle -> CatalogItems.find(handle, caller.tenant(), wanted))
            .orElseThrow(() -> ItemPath.unknown(wanted));
    return VersionTag.told(ItemBodies.Item.of(found), found.version());
  }

  @PATCH
  @Path("/{sku}")
  @Operation(
      operationId = "changeItem",
      summary = "Changes what is told of an item, or takes it out of the catalogue",
      description =
          """
          A JSON merge patch (RFC 7396): what the body does not name stays as it is, and null
          takes away. With `If-Match` of another version than the one that is there, nothing is
          changed, and `changes` in the problem says which members have changed since, from what to
          what, when and by whom.

          An item that is archived is not listed any more unless it is asked for. Its stock is as it
          was: whoever knows the sku can reserve it still.""",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_item version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ItemBodies.ChangedItem.class)))
  @APIResponseSchema(value = ItemBodies.Item.class, responseCode = "200")
  public Response change(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    return editing.change(
        Caller.of(security),
        ItemPath.sku(sku),
        ItemBodies.ChangedItem.read(body, headers),
        VersionTag.asked(headers),
        RequestKey.of(headers));
  }
}
