package io.holdfast.server.account;

import io.holdfast.server.account.Logins.Tokens;
import io.holdfast.server.account.PasswordCheck.Attempt;
import io.holdfast.server.account.Passwords.Change;
import io.holdfast.server.account.Registrations.Wanted;
import io.holdfast.server.account.Users.Profile;
import io.holdfast.server.identity.AccessTokens;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.DisplayName;
import io.holdfast.server.identity.Permission;
import io.holdfast.server.json.JsonMembers;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of accounts read and write.
final class AuthBodies {
  private AuthBodies() {}

  @Schema(name = "NewAccount")
  record NewAccountBody(
      @Schema(required = true, description = "the slug of the tenant") String tenant,
      @Schema(
              required = true,
              minLength = 1,
              maxLength = 64,
              description =
                  "letters and digits of any script, and between them . _ - @ +; compared without"
                      + " case")
          String username,
      @Schema(required = true, minLength = 3, maxLength = 254) String email,
      @Schema(required = true, minLength = 1, maxLength = 200) String name,
      @Schema(required = true, minLength = 8, maxLength = 256) String password,
      @Schema(description = "the token that makes this the first owner; without it: a customer")
          @Nullable String invitation) {

    static Wanted read(JsonMembers members) {
      members.only("tenant", "username", "email", "name", "password", "invitation");
      return new Wanted(
          members.text("tenant", Function.identity()),
          new NewAccount(
              members.text("username", Username::new),
              members.text("email", Email::new),
              members.text("name", DisplayName::new),
              members.text("password", Password::new)),
          members
              .optionalText("invitation", text -> Invited.token(text, "invitation"))
              .orElse(null));
    }
  }

  @Schema(name = "NewLogin")
  record NewLogin(
      @Schema(required = true, description = "the slug of the tenant") String tenant,
      @Schema(required = true) String username,
      @Schema(required = true) String password) {

    static Attempt read(JsonMembers members, String address) {
      members.only("tenant", "username", "password");
      return new Attempt(
          members.text("tenant", Function.identity()),
          members.text("username", Username::new),
          members.text("password", Password::new),
          address);
    }
  }

  @Schema(name = "ConsoleSession")
  record ConsoleSession(
      @Schema(description = "what goes with every change as `X-CSRF-Token`") String csrfToken,
      @Schema(description = "when the session ends in any case") Instant expiresAt,
      @Schema(description = "how long it lives without being used, in seconds") long idleSeconds) {

    static ConsoleSession of(ConsoleLogins.Opened opened) {
      return new ConsoleSession(
          opened.cookie().csrfToken(),
          opened.limits().expiresAt(),
          opened.limits().idle().toSeconds());
    }
  }

  @Schema(name = "HeldRefreshToken")
  record HeldRefreshToken(@Schema(required = true) String refreshToken) {

    static SecretToken read(JsonMembers members) {
      members.only("refresh_token");
      return members.text(
          "refresh_token",
          text -> SecretToken.parse(SecretToken.Kind.REFRESH, text).orElseThrow(Logins::refused));
    }
  }

  @Schema(name = "NewPassword")
  record NewPassword(
      @Schema(required = true) String currentPassword,
      @Schema(required = true, minLength = 8, maxLength = 256) String newPassword) {

    static Change read(JsonMembers members, String address) {
      members.only("current_password", "new_password");
      return new Change(
          members.text("current_password", Password::new),
          members.text("new_password", Password::new),
          address);
    }
  }

  @Schema(name = "InvitedPassword")
  record InvitedPassword(
      @Schema(required = true, description = "the token that was given for this") String token,
      @Schema(required = true, minLength = 8, maxLength = 256) String password) {

    /// What was read of it.
    record Read(SecretToken token, Password password) {}

    static Read read(JsonMembers members) {
      members.only("token", "password");
      return new Read(
          members.text("token", text -> Invited.token(text, "token")),
          members.text("password", Password::new));
    }
  }

  /// @param expiresIn seconds for which the access token is good
  @Schema(name = "Tokens")
  record TokensBody(String accessToken, String tokenType, long expiresIn, String refreshToken) {

    static TokensBody of(Tokens tokens) {
      return new TokensBody(
          tokens.accessToken(), "Bearer", AccessTokens.LIFE.toSeconds(), tokens.refreshToken());
    }

    @Override
    public String toString() {
      return "tokens";
    }
  }

  @Schema(name = "Account")
  record Account(String username, String email, String name, List<String> roles) {

    static Account of(Profile profile) {
      return new Account(profile.username(), profile.email(), profile.name(), profile.roles());
    }
  }

  /// Who asks.
  ///
  /// @param actor as ledger and audit trail name them
  /// @param account null for what is no person
  @Schema(name = "Me")
  record Me(
      String actor, List<String> permissions, @Schema(nullable = true) @Nullable Account account) {

    static Me of(Caller caller, @Nullable Profile profile) {
      return new Me(
          caller.actor().name(),
          caller.permissions().stream().map(Permission::code).sorted().toList(),
          profile == null ? null : Account.of(profile));
    }
  }

  /// @param current whether it is the one of this request
  @Schema(name = "Session")
  record Session(
      String id,
      String address,
      Instant startedAt,
      @Schema(
              description =
                  "to the minute; of a program's, when it was gone on with by a refresh token")
          Instant usedAt,
      @Schema(description = "when it ends in any case") Instant expiresAt,
      @Schema(description = "whether a browser has it") boolean console,
      @Schema(description = "whether it is the one that asks") boolean current) {}

  @Schema(name = "SessionList")
  record SessionList(List<Session> sessions) {}
}
