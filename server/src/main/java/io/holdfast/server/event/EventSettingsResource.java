package io.holdfast.server.event;

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

/// The routes of what a tenant is told of.
@Path("/v1/event-settings")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "events", description = "What has happened, in the order in which it happened")
public final class EventSettingsResource {
  private static final Subject SUBJECT = Subject.only("event-settings");

  private final TenantScope tenants;
  private final OncePerKey once;

  EventSettingsResource(TenantScope tenants, OncePerKey once) {
    this.tenants = tenants;
    this.once = once;
  }

  @GET
  @Operation(
      operationId = "getEventSettings",
      summary = "What is told of, and how long it is kept",
      extensions = @Extension(name = "x-versioned", value = "true"))
  @APIResponseSchema(value = EventSettings.Stored.class, responseCode = "200")
  public Response get(@Context SecurityContext security) {
    TenantId tenant = Caller.of(security).tenant();
    EventSettings.Stored found =
        tenants.inTransaction(tenant, handle -> EventSettings.read(handle, tenant));
    return VersionTag.told(found, found.version());
  }

  @PUT
  @Operation(
      operationId = "setEventSettings",
      summary = "Chooses it; within 2 s every node goes by it",
      extensions = {
        @Extension(name = "x-problem-codes", value = "version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = EventSettings.Wanted.class)))
  @APIResponseSchema(value = EventSettings.Stored.class, responseCode = "200")
  public Response set(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    EventSettings.Choice wanted = EventSettings.Wanted.read(JsonBody.of(body, headers));
    Long expectedVersion = VersionTag.asked(headers);
    String asked = wanted + "\n" + expectedVersion;
    return once.answer(
        new OncePerKey.Asked(caller, "set-event-settings", asked, RequestKey.of(headers), SUBJECT),
        handle -> set(handle, caller.tenant(), wanted, expectedVersion));
  }

  private static OncePerKey.Done set(
      Handle handle, TenantId tenant, EventSettings.Choice wanted, @Nullable Long expectedVersion) {
    EventSettings.Stored before = EventSettings.read(handle, tenant);
    VersionTag.requireDone(
        expectedVersion == null || expectedVersion == before.version(),
        expectedVersion,
        before.version());
    EventSettings.choose(handle, tenant, wanted);
    EventSettings.Stored after = EventSettings.read(handle, tenant);
    return new OncePerKey.Done(
        GivenAnswer.changed(after.version(), after), state(before), state(after));
  }

  private static State state(EventSettings.Stored stored) {
    return State.of("keep_days", stored.keepDays())
        .and("stock", stored.stock())
        .and("version", stored.version());
  }
}
