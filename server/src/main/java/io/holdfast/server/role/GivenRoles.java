package io.holdfast.server.role;

import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.Role;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.role.CustomRoles.CustomRole;
import io.holdfast.stock.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What roles of a tenant give. It stays so until the transaction ends, so that who gives one gives
/// no more than was looked at.
public final class GivenRoles {
  private GivenRoles() {}

  /// What any of them gives; one that is not there gives nothing.
  public static Set<Permission> permissions(
      Handle handle, TenantId tenant, Collection<String> roles) {
    return Permission.of(roles, codes(own(handle, tenant, roles)));
  }

  /// The same of roles that are to be given: each of them has to be there.
  ///
  /// @param place where in the request they are asked for
  public static Set<Permission> required(
      Handle handle, TenantId tenant, Collection<String> roles, String place) {
    List<CustomRole> own = own(handle, tenant, roles);
    for (String role : roles) {
      if (Role.find(role).isEmpty() && own.stream().noneMatch(o -> o.name().text().equals(role))) {
        throw new InvalidMember(place, "there is no role " + role);
      }
    }
    return Permission.of(roles, codes(own));
  }

  private static List<CustomRole> own(Handle handle, TenantId tenant, Collection<String> roles) {
    List<String> names = roles.stream().filter(role -> Role.find(role).isEmpty()).toList();
    return names.isEmpty() ? List.of() : CustomRoles.shared(handle, tenant, names);
  }

  private static Set<String> codes(List<CustomRole> roles) {
    Set<String> codes = new HashSet<>();
    roles.forEach(role -> codes.addAll(role.permissions()));
    return codes;
  }
}
