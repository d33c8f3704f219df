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

/// Something that a role may do, and which roles may. What a customer may do touches nothing of
/// another customer's.
public enum Permission {
  PING(OWNER, MANAGER, STAFF, CUSTOMER, AUDITOR),
  READ_CATALOG(OWNER, MANAGER, STAFF, CUSTOMER, AUDITOR),
  READ_STOCK(OWNER, MANAGER, STAFF, CUSTOMER, AUDITOR),
  READ_LEDGER(OWNER, MANAGER, STAFF, AUDITOR),
  READ_RESERVATIONS(OWNER, MANAGER, STAFF, AUDITOR),
  READ_RULES(OWNER, MANAGER, STAFF, AUDITOR),
  READ_AUDIT(OWNER, MANAGER, AUDITOR),
  /// Of orders, reservations and stock, whoever's they are.
  READ_EVENTS(OWNER, MANAGER, STAFF, AUDITOR),
  READ_WEBHOOKS(OWNER, MANAGER, AUDITOR),
  /// Whoever may, has everything told of to wherever they like.
  MANAGE_WEBHOOKS(OWNER),
  /// Whoever may, decides to whom the money goes.
  MANAGE_PAYMENTS(OWNER),
  /// Files that were brought in, with what was wrong in them.
  READ_IMPORTS(OWNER, MANAGER, AUDITOR),
  /// All that there is of something, at once.
  EXPORT_FILES(OWNER, MANAGER, STAFF, AUDITOR),
  /// Those of a node, which are of all its tenants together.
  READ_METRICS(OWNER, AUDITOR),

  /// For whomever.
  BUY(OWNER, MANAGER, STAFF),
  /// To reserve for whomever, and all that becomes of anybody's reservation.
  SELL(OWNER, MANAGER, STAFF),
  /// To reserve and buy for oneself, and most of what becomes of it.
  OWN_RESERVATIONS(OWNER, MANAGER, STAFF, CUSTOMER),
  RECEIVE(OWNER, MANAGER, STAFF),
  /// One's own account and sessions.
  OWN_ACCOUNT(OWNER, MANAGER, STAFF, CUSTOMER, AUDITOR),
  /// For whoever may do one of the commands; each of them needs its own permission besides.
  SUBMIT_COMMANDS(OWNER, MANAGER, STAFF, CUSTOMER),
  CORRECT_STOCK(OWNER, MANAGER),
  TRANSFER(OWNER, MANAGER),
  CHANGE_CATALOG(OWNER, MANAGER),
  /// To have files brought in; what is in them needs its own permission besides.
  IMPORT_FILES(OWNER, MANAGER),
  CHANGE_LOCATIONS(OWNER, MANAGER),
  CHANGE_RULES(OWNER, MANAGER),
  READ_KEYS(OWNER, AUDITOR),
  MANAGE_KEYS(OWNER),
  READ_USERS(OWNER, MANAGER, AUDITOR),
  MANAGE_USERS(OWNER, MANAGER),
  READ_ROLES(OWNER, MANAGER, AUDITOR),
  MANAGE_ROLES(OWNER),
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

  /// What roles give.
  ///
  /// @param roles names; those that are not every tenant's give nothing by their name
  /// @param own codes of what the tenant's own roles give
  public static Set<Permission> of(Collection<String> roles, Collection<String> own) {
    return Permissions.of(roles, own);
  }

  /// @throws IllegalArgumentException if none is named so
  public static Permission named(String code) {
    return find(code).orElseThrow(() -> new IllegalArgumentException("is no permission: " + code));
  }

  public static Optional<Permission> find(String code) {
    return Arrays.stream(values()).filter(permission -> permission.code().equals(code)).findFirst();
  }

  public boolean isOf(Role role) {
    return roles.contains(role);
  }
}
