package io.holdfast.server.policy;

import io.holdfast.server.catalog.ItemPath;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.policy.LimitBodies.Limit;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.PurchaseLimitView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// How much of an item one customer may have within a time.
@Path("/v1/items/{sku}/purchase-limit")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock", description = "What there is, and bringing it in")
public final class PurchaseLimitResource {
  private final TenantScope tenants;
  private final OncePerKey once;
  private final StockRegister register = StockRegister.create();

  PurchaseLimitResource(TenantScope tenants, OncePerKey once) {
    this.tenants = tenants;
    this.once = once;
  }

  @GET
  @Operation(
      operationId = "getPurchaseLimit",
      summary = "How much of an item one customer may have",
      extensions = {
        @Extension(name = "x-problem-codes", value = "no_purchase_limit"),
        @Extension(name = "x-versioned", value = "true")
      })
  @APIResponseSchema(value = Limit.class, responseCode = "200")
  public Response get(@PathParam("sku") String sku, @Context SecurityContext security)
      throws SQLException {
    TenantId tenant = Caller.of(security).tenant();
    Sku item = ItemPath.sku(sku);
    PurchaseLimitView found =
        tenants
            .inTransaction(tenant, handle -> register.limit(handle.getConnection(), tenant, item))
            .orElseThrow(() -> none(item));
    return VersionTag.told(Limit.of(found), found.version());
  }

  @PUT
  @Operation(
      operationId = "setPurchaseLimit",
      summary = "Limits what one customer may have, for what is claimed from now on",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_item version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = LimitBodies.NewLimit.class)))
  @APIResponseSchema(value = Limit.class, responseCode = "200")
  public Response set(
      @PathParam("sku") String sku,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    PurchaseLimit wanted = LimitBodies.NewLimit.read(ItemPath.sku(sku), JsonBody.of(body, headers));
    Long expectedVersion = VersionTag.asked(headers);
    return once.answer(
        new OncePerKey.Asked(
            caller,
            "set-purchase-limit",
            wanted + "\n" + expectedVersion,
            RequestKey.of(headers),
            subject(wanted.sku())),
        handle -> set(handle.getConnection(), caller.tenant(), wanted, expectedVersion));
  }

  private OncePerKey.Done set(
      Connection transaction, TenantId tenant, PurchaseLimit wanted, @Nullable Long expectedVersion)
      throws SQLException {
    Optional<PurchaseLimitView> before = register.limit(transaction, tenant, wanted.sku());
    boolean isSet = register.setLimit(transaction, tenant, wanted, expectedVersion);
    Optional<PurchaseLimitView> found = register.limit(transaction, tenant, wanted.sku());
    if (isSet) {
      PurchaseLimitView stored = found.orElseThrow();
      return new OncePerKey.Done(
          GivenAnswer.changed(stored.version(), Limit.of(stored)),
          before.map(PurchaseLimitResource::state).orElse(null),
          state(stored));
    }
    if (expectedVersion != null && (found.isPresent() || expectedVersion != 0)) {
      throw VersionTag.conflict(expectedVersion, found.map(PurchaseLimitView::version).orElse(0L));
    }
    throw ItemPath.unknown(wanted.sku());
  }

  @DELETE
  @Operation(
      operationId = "removePurchaseLimit",
      summary = "Limits it no longer",
      extensions =
          @Extension(name = "x-problem-codes", value = "no_purchase_limit version_conflict"))
  @APIResponse(responseCode = "204", description = "There is no limit any more")
  public Response remove(
      @PathParam("sku") String sku, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    Sku item = ItemPath.sku(sku);
    Long expectedVersion = VersionTag.asked(headers);
    // Without a key: whoever repeats it learns that the limit is gone.
    return once.answer(
        new OncePerKey.Asked(
            caller, "remove-purchase-limit", item + "\n" + expectedVersion, null, subject(item)),
        handle -> remove(handle.getConnection(), caller.tenant(), item, expectedVersion));
  }

  private OncePerKey.Done remove(
      Connection transaction, TenantId tenant, Sku item, @Nullable Long expectedVersion)
      throws SQLException {
    PurchaseLimitView before =
        register.limit(transaction, tenant, item).orElseThrow(() -> none(item));
    boolean isRemoved = register.removeLimit(transaction, tenant, item, expectedVersion);
    VersionTag.requireDone(isRemoved, expectedVersion, before.version());
    if (!isRemoved) {
      throw none(item);
    }
    return new OncePerKey.Done(GivenAnswer.removed(), state(before), null);
  }

  private static Subject subject(Sku item) {
    return new Subject("purchase-limit", item.value());
  }

  private static State state(PurchaseLimitView view) {
    return State.of("max_quantity", view.limit().maxQuantity())
        .and("window_seconds", view.limit().window().toSeconds())
        .and("version", view.version());
  }

  private static ProblemException none(Sku item) {
    return new ProblemException(
        ProblemCode.NO_PURCHASE_LIMIT, "nobody is limited in what they have of " + item, "sku");
  }
}
