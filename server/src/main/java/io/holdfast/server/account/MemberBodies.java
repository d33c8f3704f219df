package io.holdfast.server.account;

import io.holdfast.server.account.Members.Member;
import io.holdfast.server.identity.RoleName;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of users read and write.
final class MemberBodies {
  private static final int MAX_ROLES = 20;

  private MemberBodies() {}

  @Schema(name = "ChangedUser")
  record ChangedUser(
      @Schema(
              nullable = true,
              minItems = 1,
              maxItems = MAX_ROLES,
              description = "all that they are to have")
          @Nullable List<String> roles,
      @Schema(nullable = true, description = "nobody disabled is in, or can log in")
          @Nullable Boolean disabled) {

    static ChangedUser read(JsonMembers members) {
      members.only("roles", "disabled");
      List<RoleName> roles = members.optionalTexts("roles", MAX_ROLES, RoleName::new);
      ChangedUser wanted =
          new ChangedUser(
              roles == null
                  ? null
                  : roles.stream().map(RoleName::text).distinct().sorted().toList(),
              members.optionalFlag("disabled"));
      if (wanted.roles() == null && wanted.disabled() == null) {
        throw new InvalidMember("", "has nothing to change");
      }
      return wanted;
    }
  }

  /// @param disabledAt null: they may log in
  @Schema(name = "User")
  record User(
      long id,
      String username,
      String email,
      String name,
      List<String> roles,
      Instant createdAt,
      @Schema(nullable = true) @Nullable Instant disabledAt) {

    static User of(Member member) {
      return new User(
          member.id(),
          member.username(),
          member.email(),
          member.name(),
          member.roles(),
          member.createdAt(),
          member.disabledAt());
    }
  }

  /// @param next what `after` asks for the page behind this one; null: this is the last
  @Schema(name = "UserPage")
  record UserPage(List<User> users, @Schema(nullable = true) @Nullable String next) {}

  /// A token that its receiver sets a password with.
  @Schema(name = "Invitation")
  record InvitationBody(String token, long expiresIn) {
    @Override
    public String toString() {
      return "an invitation";
    }
  }
}
