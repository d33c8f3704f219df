package io.holdfast.server.policy;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.policy.PolicyBodies.Policy;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockPolicyView;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The routes of a tenant's one policy.
@Path("/v1/stock/policy")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock", description = "What there is, and bringing it in")
public final class StockPolicyResource {
  private static final Subject SUBJECT = Subject.only("stock-policy");

  private final TenantScope tenants;
  private final OncePerKey once;
  private final StockRegister register = StockRegister.create();

  StockPolicyResource(TenantScope tenants, OncePerKey once) {
    this.tenants = tenants;
    this.once = once;
  }

  @GET
  @Operation(
      operationId = "getPolicy",
      summary = "What the tenant has chosen",
      extensions = @Extension(name = "x-versioned", value = "true"))
  @APIResponseSchema(value = Policy.class, responseCode = "200")
  public Response get(@Context SecurityContext security) throws SQLException {
    TenantId tenant = Caller.of(security).tenant();
    StockPolicyView found =
        tenants.inTransaction(tenant, handle -> register.policy(handle.getConnection(), tenant));
    return VersionTag.told(Policy.of(found), found.version());
  }

  @PUT
  @Operation(
      operationId = "setPolicy",
      summary = "Chooses, for all decisions from now on",
      extensions = {
        @Extension(name = "x-problem-codes", value = "version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = PolicyBodies.NewPolicy.class)))
  @APIResponseSchema(value = Policy.class, responseCode = "200")
  public Response set(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    StockPolicy wanted = PolicyBodies.NewPolicy.read(JsonBody.of(body, headers));
    Long expectedVersion = VersionTag.asked(headers);
    String asked = wanted + "\n" + expectedVersion;
    return once.answer(
        new OncePerKey.Asked(caller, "set-policy", asked, RequestKey.of(headers), SUBJECT),
        handle -> set(handle.getConnection(), caller.tenant(), wanted, expectedVersion));
  }

  private OncePerKey.Done set(
      Connection transaction, TenantId tenant, StockPolicy wanted, @Nullable Long expectedVersion)
      throws SQLException {
    StockPolicyView before = register.policy(transaction, tenant);
    boolean isSet = register.setPolicy(transaction, tenant, wanted, expectedVersion);
    StockPolicyView found = register.policy(transaction, tenant);
    VersionTag.requireDone(isSet, expectedVersion, found.version());
    return new OncePerKey.Done(
        GivenAnswer.changed(found.version(), Policy.of(found)), state(before), state(found));
  }

  private static State state(StockPolicyView view) {
    return State.of("expired_commit", view.policy().expiredCommit().code())
        .and("held_reservations_max", view.policy().heldReservationsMax())
        .and("version", view.version());
  }
}
