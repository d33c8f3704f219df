package io.holdfast.server.role;

import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.Role;
import io.holdfast.server.identity.RoleName;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.role.CustomRoles.CustomRole;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What the routes of roles read and write.
final class RoleBodies {
  /// That of what is never changed.
  private static final long BUILT_IN_VERSION = 0;

  private RoleBodies() {}

  @Schema(name = "NewRole")
  record NewRole(
      @Schema(
              required = true,
              pattern = "^" + RoleName.FORM + "$",
              description = "none that every tenant has")
          String name,
      @Schema(required = true, minItems = 1, description = "all that it gives")
          List<String> permissions) {

    static Wanted read(JsonMembers members) {
      members.only("name", "permissions");
      return new Wanted(members.text("name", RoleName::new), permissionsIn(members));
    }
  }

  /// A role as it is to be.
  record Wanted(RoleName name, Set<Permission> permissions) {}

  @Schema(name = "ChangedRole")
  record ChangedRole(
      @Schema(required = true, minItems = 1, description = "all that it gives from now on")
          List<String> permissions) {

    static Set<Permission> read(JsonMembers members) {
      members.only("permissions");
      return permissionsIn(members);
    }
  }

  private static Set<Permission> permissionsIn(JsonMembers members) {
    List<Permission> read =
        members.optionalTexts("permissions", Permission.values().length, Permission::named);
    if (read == null) {
      throw new InvalidMember(members.path("permissions"), "is missing");
    }
    return EnumSet.copyOf(read);
  }

  /// @param builtIn every tenant has it, and nobody changes it
  @Schema(name = "Role")
  record RoleBody(String name, List<String> permissions, boolean builtIn) {
    static RoleBody of(CustomRole role) {
      return new RoleBody(role.name().text(), role.permissions(), false);
    }

    static RoleBody of(Role role) {
      List<String> permissions =
          Arrays.stream(Permission.values())
              .filter(permission -> permission.isOf(role))
              .map(Permission::code)
              .toList();
      return new RoleBody(role.code(), permissions, true);
    }
  }

  /// @param version as its `ETag` tells it
  record Versioned(RoleBody body, long version) {
    static Versioned of(CustomRole role) {
      return new Versioned(RoleBody.of(role), role.version());
    }

    static Versioned of(Role role) {
      return new Versioned(RoleBody.of(role), BUILT_IN_VERSION);
    }
  }

  @Schema(name = "RoleList")
  record RoleList(List<RoleBody> roles) {}
}
