package io.holdfast.server.account;

import io.holdfast.server.account.AuthBodies.Account;
import io.holdfast.server.account.AuthBodies.ConsoleSession;
import io.holdfast.server.account.AuthBodies.HeldRefreshToken;
import io.holdfast.server.account.AuthBodies.InvitedPassword;
import io.holdfast.server.account.AuthBodies.NewAccountBody;
import io.holdfast.server.account.AuthBodies.NewLogin;
import io.holdfast.server.account.AuthBodies.TokensBody;
import io.holdfast.server.identity.Open;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.SessionCookies;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.origin.RequestOrigin;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The routes of accounts that need no credential, because they are where one comes from.
@Path("/v1/auth")
@Open
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "auth", description = "Accounts of people: register, log in and out")
public final class DoorResource {
  private final Registrations registrations;
  private final Logins logins;
  private final Passwords passwords;
  private final ConsoleLogins consoles;
  private final SessionCookies cookies;

  DoorResource(
      Registrations registrations,
      Logins logins,
      Passwords passwords,
      ConsoleLogins consoles,
      SessionCookies cookies) {
    this.registrations = registrations;
    this.logins = logins;
    this.consoles = consoles;
    this.cookies = cookies;
    this.passwords = passwords;
  }

  @POST
  @Path("/register")
  @Operation(
      operationId = "register",
      summary = "Makes an account: of a customer, or of a tenant's first owner",
      description =
          """
          Of all who want one name, however it is written, one gets it; the others are told
          `Username already registered`.
          """,
      extensions = {
        @Extension(name = "x-open", value = "true"),
        @Extension(name = "x-without-key", value = "true"),
        @Extension(
            name = "x-problem-codes",
            value = "username_taken password_refused token_refused unknown_tenant tenant_suspended")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NewAccountBody.class)))
  @APIResponseSchema(value = Account.class, responseCode = "201")
  public Response register(byte[] body, @Context HttpHeaders headers) {
    return JsonResponses.of(
            201, Account.of(registrations.register(NewAccountBody.read(read(body, headers)))))
        .build();
  }

  @POST
  @Path("/login")
  @Operation(
      operationId = "login",
      summary = "Begins a session",
      description =
          """
          The access token is good for ten minutes as `Authorization: Bearer`; the refresh token is
          good once, for the next two. Wrong passwords are counted for each name and each address.
          """,
      extensions = {
        @Extension(name = "x-open", value = "true"),
        @Extension(name = "x-without-key", value = "true"),
        @Extension(
            name = "x-problem-codes",
            value = "wrong_credentials too_many_attempts tenant_suspended")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NewLogin.class)))
  @APIResponseSchema(value = TokensBody.class, responseCode = "200")
  public Response login(byte[] body, @Context HttpHeaders headers) {
    return told(
        logins.login(NewLogin.read(read(body, headers), RequestOrigin.ofRequest().address())));
  }

  @POST
  @Path("/console")
  @Operation(
      operationId = "loginToConsole",
      summary = "Begins a session of a browser, which has a cookie",
      description =
          """
          Scripts can't read the cookie. It goes with every request of the page; one that changes
          something says `csrf_token`, too, as `X-CSRF-Token`. The session of a cookie that comes
          with the login ends.
          """,
      extensions = {
        @Extension(name = "x-open", value = "true"),
        @Extension(name = "x-without-key", value = "true"),
        @Extension(
            name = "x-problem-codes",
            value = "wrong_credentials too_many_attempts tenant_suspended")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NewLogin.class)))
  @APIResponseSchema(value = ConsoleSession.class, responseCode = "200")
  public Response loginToConsole(byte[] body, @Context HttpHeaders headers) {
    ConsoleLogins.Opened opened =
        consoles.login(
            NewLogin.read(read(body, headers), RequestOrigin.ofRequest().address()),
            cookies.in(headers));
    return JsonResponses.of(200, ConsoleSession.of(opened))
        .header("Cache-Control", "no-store")
        .header("Set-Cookie", cookies.set(opened.cookie()))
        .build();
  }

  @POST
  @Path("/refresh")
  @Operation(
      operationId = "refresh",
      summary = "Goes on with a session",
      description =
          """
          A refresh token that comes a second time ends its session: one of the two who had it stole
          it.
          """,
      extensions = {
        @Extension(name = "x-open", value = "true"),
        @Extension(name = "x-without-key", value = "true"),
        @Extension(name = "x-problem-codes", value = "token_refused")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = HeldRefreshToken.class)))
  @APIResponseSchema(value = TokensBody.class, responseCode = "200")
  public Response refresh(byte[] body, @Context HttpHeaders headers) {
    return told(logins.refresh(HeldRefreshToken.read(read(body, headers))));
  }

  @POST
  @Path("/logout")
  @Operation(
      operationId = "logout",
      summary = "Ends a session",
      extensions = {
        @Extension(name = "x-open", value = "true"),
        @Extension(name = "x-without-key", value = "true"),
        @Extension(name = "x-problem-codes", value = "token_refused")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = HeldRefreshToken.class)))
  @APIResponse(responseCode = "204", description = "It is over, if it was not before")
  public Response logout(byte[] body, @Context HttpHeaders headers) {
    logins.logout(HeldRefreshToken.read(read(body, headers)));
    return Response.noContent().build();
  }

  @POST
  @Path("/reset-password")
  @Operation(
      operationId = "resetPassword",
      summary = "Sets a password with a token that was given for it; every session ends",
      extensions = {
        @Extension(name = "x-open", value = "true"),
        @Extension(name = "x-without-key", value = "true"),
        @Extension(
            name = "x-problem-codes",
            value = "password_refused token_refused wrong_password")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = InvitedPassword.class)))
  @APIResponse(responseCode = "204", description = "It is set")
  public Response resetPassword(byte[] body, @Context HttpHeaders headers) {
    InvitedPassword.Read wanted = InvitedPassword.read(read(body, headers));
    passwords.reset(wanted.token(), wanted.password());
    return Response.noContent().build();
  }

  private static JsonMembers read(byte[] body, HttpHeaders headers) {
    RequestKey.refuse(headers);
    return JsonBody.of(body, headers);
  }

  private static Response told(Logins.Tokens tokens) {
    return JsonResponses.of(200, TokensBody.of(tokens)).header("Cache-Control", "no-store").build();
  }
}
