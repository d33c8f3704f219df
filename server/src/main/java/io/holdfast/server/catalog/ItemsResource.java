package io.holdfast.server.catalog;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.request.VersionTag;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/// The routes of items.
@Path("/v1/items")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "items", description = "What there is to stock")
public final class ItemsResource {
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
  @Operation(
      operationId = "listItems",
      summary = "Items: all, or those that a search finds",
      description =
          """
          `q` finds items that have each of its words, or a word that begins so, in name, sku,
          category, attributes or description. For a word that no item has, those count that a typo
          makes of it. `next` goes on with the same search and the same sort.""")
  @Parameter(
      name = "q",
      in = ParameterIn.QUERY,
      description = "words, of which the first eight are looked for",
      schema = @Schema(type = SchemaType.STRING, maxLength = ItemQuery.Text.MAX_LENGTH))
  @Parameter(
      name = "category",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING, maxLength = Category.MAX_LENGTH))
  @Parameter(
      name = "currency",
      in = ParameterIn.QUERY,
      description = "those with a price in it",
      schema = @Schema(type = SchemaType.STRING, pattern = "^[A-Z]{3}$"))
  @Parameter(
      name = "price_min",
      in = ParameterIn.QUERY,
      description = "in minor units; needs `currency`",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
  @Parameter(
      name = "price_max",
      in = ParameterIn.QUERY,
      description = "in minor units; needs `currency`",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
  @Parameter(
      name = "archived",
      in = ParameterIn.QUERY,
      description = "whether those are meant, too, that are out of the catalogue",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "`relevance` is for words, and usual with them; without them it is `sku`",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"relevance", "sku", "name", "price", "-price", "newest"}))
  @Parameter(
      name = "facets",
      in = ParameterIn.QUERY,
      description = "whether it is told how many there are, of which categories and prices",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "`next` of the page before",
      schema = @Schema(type = SchemaType.STRING))
  @APIResponseSchema(value = ItemBodies.Page.class, responseCode = "200")
  public Response list(@Context UriInfo address, @Context SecurityContext security) {
    ItemParameters asked = new ItemParameters(address);
    ItemQuery query = asked.query();
    ItemCursor after = asked.after(query);
    int most = asked.limit();
    boolean wantsFacets = asked.wantsFacets();
    TenantId tenant = Caller.of(security).tenant();
    ItemBodies.Page page =
        tenants.inTransaction(
            tenant,
            handle -> {
              ItemSearch search = ItemSearch.of(handle, tenant, query);
              return ItemBodies.Page.of(
                  search.page(after, most + 1),
                  most,
                  query.sort(),
                  wantsFacets ? search.facets() : null);
            });
    return JsonResponses.of(200, page).build();
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
