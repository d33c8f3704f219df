package io.holdfast.server.account;

import io.holdfast.server.account.MemberBodies.ChangedUser;
import io.holdfast.server.account.MemberBodies.InvitationBody;
import io.holdfast.server.account.MemberBodies.User;
import io.holdfast.server.account.MemberBodies.UserPage;
import io.holdfast.server.account.Members.Member;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.json.PageLimit;
import io.holdfast.server.request.VersionTag;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The routes of users.
@Path("/v1/users")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users", description = "The people of a tenant, and their roles")
public final class UsersResource {
  private static final int MAX_LIMIT = 1_000;

  private final Membership membership;

  UsersResource(Membership membership) {
    this.membership = membership;
  }

  @GET
  @Operation(operationId = "listUsers", summary = "All users, in the order in which they came")
  @APIResponseSchema(value = UserPage.class, responseCode = "200")
  public Response list(
      @QueryParam("limit")
          @DefaultValue("100")
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000")
          String limit,
      @QueryParam("after") @Nullable String after,
      @Context SecurityContext security) {
    int most = PageLimit.of(limit, MAX_LIMIT);
    List<Member> found = membership.list(Caller.of(security).tenant(), start(after), most + 1);
    List<Member> shown = found.subList(0, Math.min(most, found.size()));
    String next = found.size() > most ? Long.toString(shown.getLast().id()) : null;
    return JsonResponses.of(200, new UserPage(shown.stream().map(User::of).toList(), next)).build();
  }

  private static long start(@Nullable String after) {
    try {
      return after == null ? 0 : Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw new InvalidMember("after", "is not a cursor that was given out here");
    }
  }

  @GET
  @Path("/{user}")
  @Operation(
      operationId = "getUser",
      summary = "One user",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_user"),
        @Extension(name = "x-versioned", value = "true")
      })
  @APIResponseSchema(value = User.class, responseCode = "200")
  public Response get(@PathParam("user") String user, @Context SecurityContext security) {
    Member found = membership.find(Caller.of(security).tenant(), user);
    return VersionTag.told(User.of(found), found.version());
  }

  @PATCH
  @Path("/{user}")
  @Operation(
      operationId = "changeUser",
      summary = "Gives a user other roles, lets them in, or not any more",
      description =
          """
          Nobody gives or takes what they may not do themselves, and one owner who can log in always
          stays. Whoever is disabled is out of every session within 3 seconds.
          """,
      extensions = {
        @Extension(
            name = "x-problem-codes",
            value = "unknown_user last_owner version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ChangedUser.class)))
  @APIResponseSchema(value = User.class, responseCode = "200")
  public Response change(
      @PathParam("user") String user,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    ChangedUser wanted = ChangedUser.read(JsonBody.of(body, headers));
    Long expected = VersionTag.asked(headers);
    return membership.change(
        Caller.of(security),
        user,
        new Membership.Asked(wanted, wanted + "\n" + expected, expected, RequestKey.of(headers)));
  }

  @POST
  @Path("/{user}/invitations")
  @Operation(
      operationId = "inviteUser",
      summary = "Makes a token with which a user sets a new password, for a day",
      extensions = {
        @Extension(name = "x-without-key", value = "true"),
        @Extension(name = "x-problem-codes", value = "unknown_user")
      })
  @APIResponseSchema(value = InvitationBody.class, responseCode = "201")
  public Response invite(
      @PathParam("user") String user,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    RequestKey.refuse(headers);
    return JsonResponses.of(201, membership.invite(Caller.of(security), user))
        .header("Cache-Control", "no-store")
        .build();
  }
}
