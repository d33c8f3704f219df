package io.holdfast.server.account;

import io.holdfast.server.account.AuthBodies.ConsoleSession;
import io.holdfast.server.account.AuthBodies.Me;
import io.holdfast.server.account.AuthBodies.NewPassword;
import io.holdfast.server.account.AuthBodies.SessionList;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.SessionCookies;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.origin.RequestOrigin;
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

/// The routes of one's own account.
@Path("/v1/account")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "account", description = "One's own account and sessions")
public final class AccountResource {
  private final Accounts accounts;
  private final Passwords passwords;
  private final ConsoleLogins consoles;
  private final SessionCookies cookies;

  AccountResource(
      Accounts accounts, Passwords passwords, ConsoleLogins consoles, SessionCookies cookies) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.consoles = consoles;
    this.cookies = cookies;
  }

  @GET
  @Operation(operationId = "getAccount", summary = "Who asks, and what they may do")
  @APIResponseSchema(value = Me.class, responseCode = "200")
  public Response me(@Context SecurityContext security) {
    return JsonResponses.of(200, accounts.me(Caller.of(security))).build();
  }

  @POST
  @Path("/password")
  @Operation(
      operationId = "changePassword",
      summary = "Changes one's password; every other session ends",
      extensions = {
        @Extension(name = "x-without-key", value = "true"),
        @Extension(
            name = "x-problem-codes",
            value = "wrong_password password_refused too_many_attempts account_needed")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NewPassword.class)))
  @APIResponse(responseCode = "204", description = "It is changed")
  public Response changePassword(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security) {
    Passwords.Change change =
        NewPassword.read(JsonBody.of(body, headers), RequestOrigin.ofRequest().address());
    Caller caller = Caller.of(security);
    passwords.change(caller.tenant(), Accounts.user(caller), change);
    return Response.noContent().build();
  }

  @GET
  @Path("/sessions")
  @Operation(operationId = "listSessions", summary = "One's sessions, the newest first")
  @APIResponseSchema(value = SessionList.class, responseCode = "200")
  public Response sessions(@Context SecurityContext security) {
    return JsonResponses.of(200, accounts.sessions(Caller.of(security))).build();
  }

  @DELETE
  @Path("/sessions")
  @Operation(operationId = "endSessions", summary = "Ends all one's sessions, this one too")
  @APIResponse(responseCode = "204", description = "They are over")
  public Response endSessions(@Context SecurityContext security) {
    accounts.endSessions(Caller.of(security));
    return Response.noContent().build();
  }

  @DELETE
  @Path("/other-sessions")
  @Operation(operationId = "endOtherSessions", summary = "Ends all one's sessions but this one")
  @APIResponse(responseCode = "204", description = "They are over")
  public Response endOtherSessions(@Context SecurityContext security) {
    accounts.endOtherSessions(Caller.of(security));
    return Response.noContent().build();
  }

  @DELETE
  @Path("/sessions/{session}")
  @Operation(
      operationId = "endSession",
      summary = "Ends one of one's sessions",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_session"))
  @APIResponse(responseCode = "204", description = "It is over")
  public Response endSession(
      @PathParam("session") String session, @Context SecurityContext security) {
    accounts.endSession(Caller.of(security), session);
    return Response.noContent().build();
  }

  @GET
  @Path("/console")
  @Operation(
      operationId = "getConsoleSession",
      summary = "The browser's session that asks this",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_session"))
  @APIResponseSchema(value = ConsoleSession.class, responseCode = "200")
  public Response console(@Context HttpHeaders headers, @Context SecurityContext security) {
    ConsoleLogins.Opened opened = consoles.opened(Caller.of(security), cookies.in(headers));
    return JsonResponses.of(200, ConsoleSession.of(opened))
        .header("Cache-Control", "no-store")
        .build();
  }

  @DELETE
  @Path("/console")
  @Operation(
      operationId = "logoutOfConsole",
      summary = "Ends the browser's session that asks this; the browser forgets what it has of it",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_session"))
  @APIResponse(responseCode = "204", description = "It is over")
  public Response logoutOfConsole(@Context HttpHeaders headers, @Context SecurityContext security) {
    consoles.logout(Caller.of(security), cookies.in(headers));
    return Response.noContent()
        .header("Set-Cookie", cookies.clear())
        .header("Clear-Site-Data", "\"cache\", \"storage\"")
        .build();
  }
}
