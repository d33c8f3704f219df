package io.holdfast.server.payment;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
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
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The routes of where a tenant's orders are paid.
@Path("/v1/payment-settings")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "payments", description = "Orders that are paid at a provider, never without stock")
public final class PaymentSettingsResource {
  private static final Subject SUBJECT = Subject.only("payment-settings");

  private final TenantScope tenants;
  private final OncePerKey once;

  PaymentSettingsResource(TenantScope tenants, OncePerKey once) {
    this.tenants = tenants;
    this.once = once;
  }

  @GET
  @Operation(
      operationId = "getPaymentSettings",
      summary = "Where orders are paid; of secrets only how they end",
      extensions = @Extension(name = "x-versioned", value = "true"))
  @APIResponseSchema(value = PaymentSettings.Told.class, responseCode = "200")
  public Response get(@Context SecurityContext security) {
    TenantId tenant = Caller.of(security).tenant();
    PaymentSettings found =
        tenants.inTransaction(tenant, handle -> PaymentSettings.read(handle, tenant));
    return VersionTag.told(PaymentSettings.Told.of(found), found.version());
  }

  @PUT
  @Operation(
      operationId = "setPaymentSettings",
      summary = "Chooses it; secrets that are left out stay",
      extensions = {
        @Extension(name = "x-without-key", value = "true"),
        @Extension(name = "x-problem-codes", value = "version_conflict"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = PaymentSettings.Wanted.class)))
  @APIResponseSchema(value = PaymentSettings.Told.class, responseCode = "200")
  public Response set(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    // A fingerprint of secrets is not to be kept.
    RequestKey.refuse(headers);
    Caller caller = Caller.of(security);
    PaymentSettings.Choice wanted = PaymentSettings.Wanted.read(JsonBody.of(body, headers));
    Long expectedVersion = VersionTag.asked(headers);
    return once.answer(
        new OncePerKey.Asked(caller, "set-payment-settings", "", null, SUBJECT),
        handle -> set(handle, caller.tenant(), wanted, expectedVersion));
  }

  private static OncePerKey.Done set(
      Handle handle,
      TenantId tenant,
      PaymentSettings.Choice wanted,
      @Nullable Long expectedVersion) {
    PaymentSettings before = PaymentSettings.read(handle, tenant);
    before.require(wanted);
    boolean isChosen = PaymentSettings.choose(handle, tenant, wanted, expectedVersion);
    PaymentSettings after = PaymentSettings.read(handle, tenant);
    VersionTag.requireDone(isChosen, expectedVersion, after.version());
    return new OncePerKey.Done(
        GivenAnswer.changed(after.version(), PaymentSettings.Told.of(after)),
        state(before),
        state(after));
  }

  private static State state(PaymentSettings settings) {
    return State.of("provider", settings.provider().code())
        .and("late_payment", settings.latePayment().code())
        .and("secret_key", PaymentSettings.Hint.of(settings.secretKey()).last())
        .and("webhook_secret", PaymentSettings.Hint.of(settings.webhookSecret()).last())
        .and("version", settings.version());
  }
}
