package io.holdfast.server.stock;

import io.holdfast.server.catalog.ItemPath;
import io.holdfast.server.json.JsonBody;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/// The ways of changing an item's stock that nobody reserved for.
@Path("/v1/items/{sku}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock", description = "What there is, and bringing it in")
public final class StockChangesResource {
  private static final String RECEIVED =
      "unknown_item item_not_tracked unknown_location level_quarantined balance_out_of_range"
          + " key_reused";
  private static final String ADJUSTED =
      "unknown_item item_not_tracked no_stock_record insufficient_stock balance_out_of_range"
          + " level_quarantined key_reused";
  private static final String COUNTED =
      "unknown_item item_not_tracked no_stock_record version_conflict insufficient_stock"
          + " level_quarantined key_reused";
  private static final String TRANSFERRED =
      "unknown_item item_not_tracked unknown_location no_stock_record insufficient_stock"
          + " level_quarantined balance_out_of_range key_reused";
  private static final String CORRECTED =
      "unknown_item item_not_tracked unknown_location no_stock_record insufficient_stock"
          + " key_reused";
  private static final String KEPT_BACK =
      "unknown_item item_not_tracked no_stock_record level_quarantined key_reused";

  private final EngineCalls engine;

  StockChangesResource(EngineCalls engine) {
    this.engine = engine;
  }

  @POST
  @Path("/receipts")
  @NonBlocking
  @Operation(
      operationId = "receive",
      summary = "Brings stock in",
      extensions = @Extension(name = "x-problem-codes", value = RECEIVED))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = LevelRequests.NewReceipt.class)))
  @APIResponseSchema(value = LevelBodies.Receipt.class, responseCode = "201")
  public CompletionStage<Response> receive(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return engine.ask(
        LevelRequests.NewReceipt.read(ItemPath.sku(sku), JsonBody.of(body, headers)),
        security,
        headers);
  }

  @POST
  @Path("/adjustments")
  @NonBlocking
  @Operation(
      operationId = "adjust",
      summary = "Corrects what is on hand, never below what is reserved",
      extensions = @Extension(name = "x-problem-codes", value = ADJUSTED))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = LevelRequests.NewAdjustment.class)))
  @APIResponseSchema(value = LevelBodies.Adjustment.class, responseCode = "201")
  public CompletionStage<Response> adjust(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return engine.ask(
        LevelRequests.NewAdjustment.read(ItemPath.sku(sku), JsonBody.of(body, headers)),
        security,
        headers);
  }

  @POST
  @Path("/counts")
  @NonBlocking
  @Operation(
      operationId = "count",
      summary = "A stocktake: what is on hand is what was counted",
      extensions = @Extension(name = "x-problem-codes", value = COUNTED))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = LevelRequests.NewCount.class)))
  @APIResponseSchema(value = LevelBodies.Counted.class, responseCode = "201")
  public CompletionStage<Response> count(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return engine.ask(
        LevelRequests.NewCount.read(ItemPath.sku(sku), JsonBody.of(body, headers)),
        security,
        headers);
  }

  @POST
  @Path("/transfers")
  @NonBlocking
  @Operation(
      operationId = "transfer",
      summary = "Takes stock from one location to another, never what is reserved",
      extensions = @Extension(name = "x-problem-codes", value = TRANSFERRED))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = LevelRequests.NewTransfer.class)))
  @APIResponseSchema(value = LevelBodies.Transfer.class, responseCode = "201")
  public CompletionStage<Response> transfer(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return engine.ask(
        LevelRequests.NewTransfer.read(ItemPath.sku(sku), JsonBody.of(body, headers)),
        security,
        headers);
  }

  @PUT
  @Path("/safety-stock")
  @NonBlocking
  @Operation(
      operationId = "setSafetyStock",
      summary = "Keeps so many units of a level from being sold",
      extensions = @Extension(name = "x-problem-codes", value = KEPT_BACK))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = LevelRequests.NewSafetyStock.class)))
  @APIResponseSchema(value = LevelBodies.SafetyStock.class, responseCode = "200")
  public CompletionStage<Response> setSafetyStock(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return engine.ask(
        LevelRequests.NewSafetyStock.read(ItemPath.sku(sku), JsonBody.of(body, headers)),
        security,
        headers);
  }

  @POST
  @Path("/corrections")
  @NonBlocking
  @Operation(
      operationId = "correct",
      summary = "Puts a level right that is not what its ledger says, and ends its quarantine",
      description =
          "On hand is what was counted, reserved is what the held reservations have; the movement"
              + " follows from the ledger's newest one.",
      extensions = @Extension(name = "x-problem-codes", value = CORRECTED))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = LevelRequests.NewCorrection.class)))
  @APIResponseSchema(value = LevelBodies.Correction.class, responseCode = "201")
  public CompletionStage<Response> correct(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return engine.ask(
        LevelRequests.NewCorrection.read(ItemPath.sku(sku), JsonBody.of(body, headers)),
        security,
        headers);
  }
}
