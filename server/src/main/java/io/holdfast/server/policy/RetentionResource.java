package io.holdfast.server.policy;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.policy.RetentionBodies.Chosen;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.Retention;
import io.holdfast.stock.RetentionView;
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

/// The routes of how long a tenant keeps what is old.
@Path("/v1/stock/retention")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock", description = "What there is, and bringing it in")
public final class RetentionResource {
  private static final Subject SUBJECT = Subject.only("retention");

  private final TenantScope tenants;
  private final OncePerKey once;
  private final StockRegister register = StockRegister.create();

  RetentionResource(TenantScope tenants, OncePerKey once) {
    this.tenants = tenants;
    this.once = once;
  }

  @GET
  @Operation(
      operationId = "getRetention",
      summary = "How long the tenant keeps what is old, and what is in the archive",
      extensions = @Extension(name = "x-versioned", value = "true"))
  @APIResponseSchema(value = Chosen.class, responseCode = "200")
  public Response get(@Context SecurityContext security) throws SQLException {
    TenantId tenant = Caller.of(security).tenant();
    RetentionView found =
        tenants.inTransaction(tenant, handle -> register.retention(handle.getConnection(), tenant));
    return VersionTag.told(Chosen.of(found), found.version());
  }

  @PUT
  @Operation(
      operationId = "setRetention",
      summary = "Chooses how long to keep what is old; what is in the archive stays there",
      extensions = {
        @Extension(name = "x-problem-codes", value = "version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RetentionBodies.NewRetention.class)))
  @APIResponseSchema(value = Chosen.class, responseCode = "200")
  public Response set(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    Retention wanted = RetentionBodies.NewRetention.read(JsonBody.of(body, headers));
    Long expectedVersion = VersionTag.asked(headers);
    String asked = wanted + "\n" + expectedVersion;
    return once.answer(
        new OncePerKey.Asked(caller, "set-retention", asked, RequestKey.of(headers), SUBJECT),
        handle -> set(handle.getConnection(), caller.tenant(), wanted, expectedVersion));
  }

  private OncePerKey.Done set(
      Connection transaction, TenantId tenant, Retention wanted, @Nullable Long expectedVersion)
      throws SQLException {
    RetentionView before = register.retention(transaction, tenant);
    boolean isSet = register.setRetention(transaction, tenant, wanted, expectedVersion);
    RetentionView found = register.retention(transaction, tenant);
    VersionTag.requireDone(isSet, expectedVersion, found.version());
    return new OncePerKey.Done(
        GivenAnswer.changed(found.version(), Chosen.of(found)), state(before), state(found));
  }

  private static State state(RetentionView view) {
    return State.of("keys_days", view.retention().keysDays())
        .and("reservations_days", view.retention().reservationsDays())
        .and("movements_days", view.retention().movementsDays())
        .and("version", view.version());
  }
}
