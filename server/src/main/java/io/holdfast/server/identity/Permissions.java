package io.holdfast.server.identity;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody may do, put together from what the database says of them.
final class Permissions {
  private Permissions() {}

  /// What roles give.
  ///
  /// @param roles names of roles; those that are not every tenant's give nothing by their name
  /// @param own codes of permissions that the tenant's own roles give; one that only a later
  ///   version knows gives nothing
  static Set<Permission> of(Collection<String> roles, Collection<String> own) {
    Set<Permission> given = EnumSet.noneOf(Permission.class);
    for (Permission permission : Permission.values()) {
      if (own.contains(permission.code()) || isOfOne(permission, roles)) {
        given.add(permission);
      }
    }
    return given;
  }

  private static boolean isOfOne(Permission permission, Collection<String> roles) {
    for (Role role : Role.values()) {
      if (roles.contains(role.code()) && permission.isOf(role)) {
        return true;
      }
    }
    return false;
  }

  /// What is left of them.
  ///
  /// @param scopes codes of permissions; null: all
  static Set<Permission> within(Set<Permission> given, @Nullable Collection<String> scopes) {
    if (scopes == null) {
      return given;
    }
    Set<Permission> left = EnumSet.noneOf(Permission.class);
    for (Permission permission : given) {
      if (scopes.contains(permission.code())) {
        left.add(permission);
      }
    }
    return left;
  }
}
