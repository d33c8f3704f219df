package io.holdfast.server.keys;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.keys.KeyBodies.KeyList;
import io.holdfast.server.keys.KeyBodies.KeyWithSecret;
import io.holdfast.server.keys.KeyBodies.NewKey;
import io.holdfast.server.keys.KeyBodies.NewSecret;
import io.holdfast.server.keys.KeyBodies.StoredKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The routes of keys.
@Path("/v1/api-keys")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "api-keys", description = "What programs are let in with")
public final class KeysResource {
  private final Keys keys;

  KeysResource(Keys keys) {
    this.keys = keys;
  }

  @POST
  @Operation(
      operationId = "createKey",
      summary = "Makes a key; its secret is told this once",
      extensions = {
        @Extension(name = "x-without-key", value = "true"),
        @Extension(name = "x-problem-codes", value = "too_many_keys")
      })
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = "application/json", schema = @Schema(implementation = NewKey.class)))
  @APIResponseSchema(value = KeyWithSecret.class, responseCode = "201")
  public Response create(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security) {
    KeyWithSecret made = keys.create(Caller.of(security), NewKey.read(read(body, headers)));
    return secret(201, made).header("Location", "/v1/api-keys/" + made.key().id()).build();
  }

  @GET
  @Operation(operationId = "listKeys", summary = "All keys that were not revoked")
  @APIResponseSchema(value = KeyList.class, responseCode = "200")
  public Response list(@Context SecurityContext security) {
    return JsonResponses.of(200, new KeyList(keys.list(Caller.of(security)))).build();
  }

  @GET
  @Path("/{key}")
  @Operation(
      operationId = "getKey",
      summary = "One key",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_key"))
  @APIResponseSchema(value = StoredKey.class, responseCode = "200")
  public Response get(@PathParam("key") String key, @Context SecurityContext security) {
    return JsonResponses.of(200, keys.get(Caller.of(security), key)).build();
  }

  @POST
  @Path("/{key}/rotations")
  @Operation(
      operationId = "rotateKey",
      summary = "Gives a key another secret; the one before goes on for a while",
      description =
          """
          At most two secrets of a key are good at once: a second rotation ends the first one's
          secret before.
          """,
      extensions = {
        @Extension(name = "x-without-key", value = "true"),
        @Extension(name = "x-problem-codes", value = "unknown_key")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NewSecret.class)))
  @APIResponseSchema(value = KeyWithSecret.class, responseCode = "200")
  public Response rotate(
      @PathParam("key") String key,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    long overlap = NewSecret.read(read(body, headers));
    return secret(200, keys.rotate(Caller.of(security), key, overlap)).build();
  }

  @DELETE
  @Path("/{key}")
  @Operation(
      operationId = "revokeKey",
      summary = "Ends a key, with all its secrets",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_key"))
  @APIResponse(responseCode = "204", description = "No node takes it after 3 seconds")
  public Response revoke(@PathParam("key") String key, @Context SecurityContext security) {
    keys.revoke(Caller.of(security), key);
    return Response.noContent().build();
  }

  private static JsonMembers read(byte[] body, HttpHeaders headers) {
    RequestKey.refuse(headers);
    return JsonBody.of(body, headers);
  }

  private static Response.ResponseBuilder secret(int status, KeyWithSecret key) {
    return JsonResponses.of(status, key).header("Cache-Control", "no-store");
  }
}
