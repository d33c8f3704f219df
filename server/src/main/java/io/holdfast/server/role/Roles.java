package io.holdfast.server.role;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.Role;
import io.holdfast.server.identity.RoleName;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.role.CustomRoles.CustomRole;
import io.holdfast.server.role.RoleBodies.RoleBody;
import io.holdfast.server.role.RoleBodies.Versioned;
import io.holdfast.server.role.RoleBodies.Wanted;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A tenant's roles. Nobody makes one of more than they have, nor changes one that has, since
/// whoever has it would get or lose what is not theirs to give or take.
@Singleton
final class Roles {
  private static final int MAX_ROLES = 100;

  private final TenantScope tenants;
  private final OncePerKey once;

  Roles(TenantScope tenants, OncePerKey once) {
    this.tenants = tenants;
    this.once = once;
  }

  /// What makes a request the one that it is, besides what it asks for.
  record Asked(@Nullable Long expectedVersion, @Nullable IdempotencyKey key) {}

  /// Those that every tenant has, and then its own.
  List<RoleBody> all(TenantId tenant) {
    List<CustomRole> own =
        tenants.inTransaction(tenant, handle -> CustomRoles.list(handle, tenant));
    return Stream.concat(Stream.of(Role.values()).map(RoleBody::of), own.stream().map(RoleBody::of))
        .toList();
  }

  Versioned find(TenantId tenant, String name) {
    Optional<Role> builtIn = Role.find(name);
    return builtIn.isPresent()
        ? Versioned.of(builtIn.get())
        : Versioned.of(
            tenants
                .inTransaction(tenant, handle -> CustomRoles.find(handle, tenant, own(name)))
                .orElseThrow(() -> unknown(name)));
  }

  Response create(Caller caller, Wanted wanted, @Nullable IdempotencyKey key) throws SQLException {
    return once.answer(
        new OncePerKey.Asked(caller, "create-role", wanted.toString(), key, subject(wanted.name())),
        handle -> created(handle, caller, wanted));
  }

  private static OncePerKey.Done created(Handle handle, Caller caller, Wanted wanted) {
    TenantId tenant = caller.tenant();
    caller.requireAll(wanted.permissions(), "permissions");
    if (CustomRoles.list(handle, tenant).size() >= MAX_ROLES) {
      throw new ProblemException(
          ProblemCode.TOO_MANY_ROLES, "there are " + MAX_ROLES + " roles already");
    }
    if (wanted.name().isBuiltIn()
        || !CustomRoles.add(handle, tenant, wanted.name(), codes(wanted.permissions()))) {
      throw new ProblemException(
          ProblemCode.ROLE_EXISTS, "there is a role named " + wanted.name() + " already", "name");
    }
    CustomRole made = CustomRoles.find(handle, tenant, wanted.name()).orElseThrow();
    return new OncePerKey.Done(
        GivenAnswer.made("/v1/roles/" + made.name(), made.version(), RoleBody.of(made)),
        null,
        state(made));
  }

  Response change(Caller caller, String name, Set<Permission> wanted, Asked asked)
      throws SQLException {
    RoleName role = own(name);
    return once.answer(
        new OncePerKey.Asked(
            caller,
            "change-role",
            name + "\n" + wanted + "\n" + asked.expectedVersion(),
            asked.key(),
            subject(role)),
        handle -> changed(handle, caller, role, wanted, asked.expectedVersion()));
  }

  private static OncePerKey.Done changed(
      Handle handle,
      Caller caller,
      RoleName name,
      Set<Permission> wanted,
      @Nullable Long expectedVersion) {
    TenantId tenant = caller.tenant();
    CustomRole before = held(handle, caller, name, expectedVersion);
    caller.requireAll(wanted, "permissions");
    CustomRoles.change(handle, tenant, name, codes(wanted));
    CustomRole after = CustomRoles.find(handle, tenant, name).orElseThrow();
    return new OncePerKey.Done(
        GivenAnswer.changed(after.version(), RoleBody.of(after)), state(before), state(after));
  }

  /// Without a key: whoever repeats it learns that the role is gone.
  void remove(Caller caller, String name, @Nullable Long expectedVersion) throws SQLException {
    RoleName role = own(name);
    once.answer(
        new OncePerKey.Asked(
            caller, "remove-role", name + "\n" + expectedVersion, null, subject(role)),
        handle -> removed(handle, caller, role, expectedVersion));
  }

  private static OncePerKey.Done removed(
      Handle handle, Caller caller, RoleName name, @Nullable Long expectedVersion) {
    CustomRole before = held(handle, caller, name, expectedVersion);
    if (CustomRoles.isGiven(handle, caller.tenant(), name)) {
      throw new ProblemException(
          ProblemCode.ROLE_IN_USE, "a user or a key has the role " + name + " still");
    }
    CustomRoles.remove(handle, caller.tenant(), name);
    return new OncePerKey.Done(GivenAnswer.removed(), state(before), null);
  }

  /// The role, for nobody else to change or give until the transaction ends, if the caller has all
  /// that it gives.
  private static CustomRole held(
      Handle handle, Caller caller, RoleName name, @Nullable Long expectedVersion) {
    CustomRole found =
        CustomRoles.locked(handle, caller.tenant(), name).orElseThrow(() -> unknown(name.text()));
    if (expectedVersion != null && expectedVersion != found.version()) {
      throw VersionTag.conflict(expectedVersion, found.version());
    }
    caller.requireAll(Permission.of(Set.of(), found.permissions()), "role");
    return found;
  }

  /// One that can be changed. What has no role's form is no role's name.
  private static RoleName own(String name) {
    RoleName read;
    try {
      read = new RoleName(name);
    } catch (IllegalArgumentException e) {
      throw unknown(name);
    }
    if (read.isBuiltIn()) {
      throw new ProblemException(
          ProblemCode.BUILT_IN_ROLE, "every tenant has the role " + name + " as it is");
    }
    return read;
  }

  private static List<String> codes(Collection<Permission> permissions) {
    return permissions.stream().map(Permission::code).toList();
  }

  private static State state(CustomRole role) {
    return State.of("permissions", String.join(" ", role.permissions()))
        .and("version", role.version());
  }

  private static Subject subject(RoleName name) {
    return new Subject("role", name.text());
  }

  private static ProblemException unknown(String name) {
    return new ProblemException(ProblemCode.UNKNOWN_ROLE, "there is no role " + name);
  }
}
