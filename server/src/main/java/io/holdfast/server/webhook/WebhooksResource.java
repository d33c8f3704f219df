package io.holdfast.server.webhook;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.AddressParameters;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.webhook.WebhookBodies.ChangedWebhook;
import io.holdfast.server.webhook.WebhookBodies.DeliveryPage;
import io.holdfast.server.webhook.WebhookBodies.NewWebhook;
import io.holdfast.server.webhook.WebhookBodies.NewWebhookSecret;
import io.holdfast.server.webhook.WebhookBodies.Replay;
import io.holdfast.server.webhook.WebhookBodies.StoredWebhook;
import io.holdfast.server.webhook.WebhookBodies.Wanted;
import io.holdfast.server.webhook.WebhookBodies.WebhookList;
import io.holdfast.server.webhook.WebhookBodies.WebhookReplay;
import io.holdfast.server.webhook.WebhookBodies.WebhookWithSecret;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The routes of webhooks.
@Path("/v1/webhooks")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks", description = "Where events are sent to, and what was not taken there")
public final class WebhooksResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 500;
  private static final int MAX_DIGITS = 18;

  private final Webhooks webhooks;
  private final OncePerKey once;

  WebhooksResource(Webhooks webhooks, OncePerKey once) {
    this.webhooks = webhooks;
    this.once = once;
  }

  @POST
  @Operation(
      operationId = "createWebhook",
      summary = "Has events sent to an address; the secret that signs them is told this once",
      extensions = {
        @Extension(name = "x-without-key", value = "true"),
        @Extension(name = "x-problem-codes", value = "too_many_webhooks events_gone")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NewWebhook.class)))
  @APIResponseSchema(value = WebhookWithSecret.class, responseCode = "201")
  public Response create(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security) {
    JsonMembers members = secretly(body, headers);
    Wanted wanted = NewWebhook.read(members);
    Optional<Long> after = WebhookBodies.after(members);
    WebhookWithSecret made = webhooks.create(Caller.of(security), wanted, after);
    return secret(201, made).header("Location", "/v1/webhooks/" + made.webhook().id()).build();
  }

  @GET
  @Operation(operationId = "listWebhooks", summary = "All webhooks, and how far each is")
  @APIResponseSchema(value = WebhookList.class, responseCode = "200")
  public Response list(@Context SecurityContext security) {
    return JsonResponses.of(200, new WebhookList(webhooks.list(Caller.of(security)))).build();
  }

  @GET
  @Path("/{webhook}")
  @Operation(
      operationId = "getWebhook",
      summary = "One webhook, and how far it is",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_webhook"),
        @Extension(name = "x-versioned", value = "true")
      })
  @APIResponseSchema(value = StoredWebhook.class, responseCode = "200")
  public Response get(@PathParam("webhook") String webhook, @Context SecurityContext security) {
    StoredWebhook found = webhooks.get(Caller.of(security), number(webhook));
    return VersionTag.told(found, found.version());
  }

  @PUT
  @Path("/{webhook}")
  @Operation(
      operationId = "changeWebhook",
      summary = "Sends them elsewhere, or others, or none for a while",
      description = "What waits to be sent again goes to the new address, too.",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_webhook version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ChangedWebhook.class)))
  @APIResponseSchema(value = StoredWebhook.class, responseCode = "200")
  public Response change(
      @PathParam("webhook") String webhook,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    Leased.Id id = new Leased.Id(caller.tenant(), number(webhook));
    Wanted wanted = webhooks.checked(ChangedWebhook.read(JsonBody.of(body, headers)));
    Long expectedVersion = VersionTag.asked(headers);
    String asked = webhook + "\n" + wanted + "\n" + expectedVersion;
    return once.answer(
        asked(caller, "change-webhook", asked, headers, id),
        handle -> webhooks.change(handle, id, wanted, expectedVersion));
  }

  @DELETE
  @Path("/{webhook}")
  @Operation(
      operationId = "removeWebhook",
      summary = "Sends nothing there any more, and forgets what waits",
      extensions =
          @Extension(
              name = "x-problem-codes",
              value = "unknown_webhook version_conflict key_reused"))
  @APIResponse(responseCode = "204", description = "No attempt is begun after 4 seconds")
  public Response remove(
      @PathParam("webhook") String webhook,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    Leased.Id id = new Leased.Id(caller.tenant(), number(webhook));
    Long expectedVersion = VersionTag.asked(headers);
    return once.answer(
        asked(caller, "remove-webhook", webhook + "\n" + expectedVersion, headers, id),
        handle -> webhooks.remove(handle, id, expectedVersion));
  }

  @POST
  @Path("/{webhook}/rotations")
  @Operation(
      operationId = "rotateWebhookSecret",
      summary = "Signs with another secret; with the one before, too, for a while",
      extensions = {
        @Extension(name = "x-without-key", value = "true"),
        @Extension(name = "x-problem-codes", value = "unknown_webhook")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NewWebhookSecret.class)))
  @APIResponseSchema(value = WebhookWithSecret.class, responseCode = "200")
  public Response rotate(
      @PathParam("webhook") String webhook,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    long overlap = NewWebhookSecret.read(secretly(body, headers));
    return secret(200, webhooks.rotate(Caller.of(security), number(webhook), overlap)).build();
  }

  @POST
  @Path("/{webhook}/replays")
  @Operation(
      operationId = "replayWebhook",
      summary = "Sends again what is behind a position, or tries the dead letters anew",
      extensions =
          @Extension(name = "x-problem-codes", value = "unknown_webhook events_gone key_reused"))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = WebhookReplay.class)))
  @APIResponseSchema(value = StoredWebhook.class, responseCode = "200")
  public Response replay(
      @PathParam("webhook") String webhook,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    Leased.Id id = new Leased.Id(caller.tenant(), number(webhook));
    Replay replay = WebhookReplay.read(JsonBody.of(body, headers));
    return once.answer(
        asked(caller, "replay-webhook", webhook + "\n" + replay, headers, id),
        handle -> webhooks.replay(handle, id, replay));
  }

  @GET
  @Path("/{webhook}/deliveries")
  @Operation(
      operationId = "listDeliveries",
      summary = "What was not taken, by position: it waits to be sent again, or is dead",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_webhook"))
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      description = "left out: both",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"waiting", "dead"}))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "`next` of the page before",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = SchemaType.INTEGER,
              minimum = "1",
              maximum = "" + MAX_LIMIT,
              defaultValue = "" + DEFAULT_LIMIT))
  @APIResponseSchema(value = DeliveryPage.class, responseCode = "200")
  public Response deliveries(
      @PathParam("webhook") String webhook,
      @Context UriInfo address,
      @Context SecurityContext security) {
    AddressParameters parameters =
        new AddressParameters(address, Set.of("state", "after", "limit"));
    String state = state(parameters);
    Long after = parameters.whole("after", 0, Long.MAX_VALUE);
    int limit = parameters.limit(DEFAULT_LIMIT, MAX_LIMIT);
    DeliveryPage page =
        webhooks.deliveries(
            Caller.of(security), number(webhook), state, after == null ? 0 : after, limit);
    return JsonResponses.of(200, page).build();
  }

  private static @Nullable String state(AddressParameters parameters) {
    String state = parameters.text("state");
    if (state != null && !Set.of("waiting", "dead").contains(state)) {
      throw new InvalidMember("state", "must be waiting or dead");
    }
    return state;
  }

  private static OncePerKey.Asked asked(
      Caller caller, String operation, String asked, HttpHeaders headers, Leased.Id id) {
    return new OncePerKey.Asked(
        caller, operation, asked, RequestKey.of(headers), Webhooks.subject(id.webhook()));
  }

  /// What no other text reads as, so that one webhook has one name.
  private static long number(String webhook) {
    if (webhook.length() <= MAX_DIGITS && webhook.matches("[1-9]\\d*")) {
      return Long.parseLong(webhook);
    }
    throw new ProblemException(ProblemCode.UNKNOWN_WEBHOOK, "there is no such webhook");
  }

  private static JsonMembers secretly(byte[] body, HttpHeaders headers) {
    RequestKey.refuse(headers);
    return JsonBody.of(body, headers);
  }

  private static Response.ResponseBuilder secret(int status, WebhookWithSecret webhook) {
    return JsonResponses.of(status, webhook).header("Cache-Control", "no-store");
  }
}
