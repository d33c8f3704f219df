package io.holdfast.server.identity;

import static io.holdfast.server.identity.Role.AUDITOR;
import static io.holdfast.server.identity.Role.CUSTOMER;
import static io.holdfast.server.identity.Role.MANAGER;
import static io.holdfast.server.identity.Role.OWNER;
import static io.holdfast.server.identity.Role.STAFF;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Something that a role may do, and which roles may. What a customer may do is only what touches
/// nothing of another customer's: a reservation does not know yet whose it is.
public enum Permission {
  PING(OWNER, MANAGER, STAFF, CUSTOMER, AUDITOR),
  READ_CATALOG(OWNER, MANAGER, STAFF, CUSTOMER, AUDITOR),
  READ_STOCK(OWNER, MANAGER, STAFF, CUSTOMER, AUDITOR),
  READ_LEDGER(OWNER, MANAGER, STAFF, AUDITOR),
  READ_RESERVATIONS(OWNER, MANAGER, STAFF, AUDITOR),
  READ_RULES(OWNER, MANAGER, STAFF, AUDITOR),
  READ_AUDIT(OWNER, MANAGER, AUDITOR),
  /// Those of a node, which are of all its tenants together.
  READ_METRICS(OWNER, AUDITOR),

  BUY(OWNER, MANAGER, STAFF, CUSTOMER),
  /// To reserve, and all that becomes of a reservation.
  SELL(OWNER, MANAGER, STAFF),
  RECEIVE(OWNER, MANAGER, STAFF),
  /// One's own account and sessions.
  OWN_ACCOUNT(OWNER, MANAGER, STAFF, CUSTOMER, AUDITOR),
  /// For whoever may do one of the commands; each of them needs its own permission besides.
  SUBMIT_COMMANDS(OWNER, MANAGER, STAFF, CUSTOMER),
  CORRECT_STOCK(OWNER, MANAGER),
  TRANSFER(OWNER, MANAGER),
  CHANGE_CATALOG(OWNER, MANAGER),
  CHANGE_LOCATIONS(OWNER, MANAGER),
  CHANGE_RULES(OWNER, MANAGER),
  READ_KEYS(OWNER, AUDITOR),
  MANAGE_KEYS(OWNER),
  READ_USERS(OWNER, MANAGER, AUDITOR),
  MANAGE_USERS(OWNER, MANAGER),
  ACT_ON_AUDIT(OWNER);

  // Written once, above.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Role> roles;

  Permission(Role... roles) {
    this.roles = Set.of(roles);
  }

  /// As a problem names it.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What any of some roles may.
  ///
  /// @param roles names; those that are not every tenant's give nothing
  public static Set<Permission> ofRoles(Collection<String> roles) {
    return Permissions.of(roles, Set.of());
  }

  public static Optional<Permission> find(String code) {
    return Arrays.stream(values()).filter(permission -> permission.code().equals(code)).findFirst();
  }

  public boolean isOf(Role role) {
    return roles.contains(role);
  }
}
