package io.holdfast.server.role;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.role.RoleBodies.ChangedRole;
import io.holdfast.server.role.RoleBodies.NewRole;
import io.holdfast.server.role.RoleBodies.RoleBody;
import io.holdfast.server.role.RoleBodies.RoleList;
import io.holdfast.server.role.RoleBodies.Versioned;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
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
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The routes of roles.
@Path("/v1/roles")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "roles", description = "What users and keys may do, by name")
public final class RolesResource {
  private final Roles roles;

  RolesResource(Roles roles) {
    this.roles = roles;
  }

  @GET
  @Operation(
      operationId = "listRoles",
      summary = "All roles, with what they give: those that every tenant has, and then its own")
  @APIResponseSchema(value = RoleList.class, responseCode = "200")
  public Response list(@Context SecurityContext security) {
    return JsonResponses.of(200, new RoleList(roles.all(Caller.of(security).tenant()))).build();
  }

  @POST
  @Operation(
      operationId = "createRole",
      summary = "Puts a role together from permissions",
      description = "Nobody makes a role that gives more than they have themselves.",
      extensions = {
        @Extension(name = "x-problem-codes", value = "role_exists too_many_roles key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NewRole.class)))
  @APIResponseSchema(value = RoleBody.class, responseCode = "201")
  public Response create(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    return roles.create(
        Caller.of(security), NewRole.read(JsonBody.of(body, headers)), RequestKey.of(headers));
  }

  @GET
  @Path("/{role}")
  @Operation(
      operationId = "getRole",
      summary = "One role",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_role"),
        @Extension(name = "x-versioned", value = "true")
      })
  @APIResponseSchema(value = RoleBody.class, responseCode = "200")
  public Response get(@PathParam("role") String role, @Context SecurityContext security) {
    Versioned found = roles.find(Caller.of(security).tenant(), role);
    return VersionTag.told(found.body(), found.version());
  }

  @PATCH
  @Path("/{role}")
  @Operation(
      operationId = "changeRole",
      summary = "Lets a role give something else",
      description =
          """
          For whoever has the role it is in force within 3 seconds. Nobody changes a role that gives
          more, or is to give more, than they have themselves.
          """,
      extensions = {
        @Extension(
            name = "x-problem-codes",
            value = "unknown_role built_in_role version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ChangedRole.class)))
  @APIResponseSchema(value = RoleBody.class, responseCode = "200")
  public Response change(
      @PathParam("role") String role,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    return roles.change(
        Caller.of(security),
        role,
        ChangedRole.read(JsonBody.of(body, headers)),
        new Roles.Asked(VersionTag.asked(headers), RequestKey.of(headers)));
  }

  @DELETE
  @Path("/{role}")
  @Operation(
      operationId = "removeRole",
      summary = "Removes a role that nobody has",
      extensions =
          @Extension(
              name = "x-problem-codes",
              value = "unknown_role built_in_role role_in_use version_conflict"))
  @APIResponse(responseCode = "204", description = "There is no such role any more")
  public Response remove(
      @PathParam("role") String role,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    roles.remove(Caller.of(security), role, VersionTag.asked(headers));
    return Response.noContent().build();
  }
}
