package io.holdfast.server.identity;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The one table of what each operation needs. One that does not stand here is nobody's.
public final class Rights {
  private static final Map<String, Permission> OPERATIONS =
      Map.ofEntries(
          entry("ping", Permission.PING),
          entry("getAccount", Permission.OWN_ACCOUNT),
          entry("changePassword", Permission.OWN_ACCOUNT),
          entry("listSessions", Permission.OWN_ACCOUNT),
          entry("getConsoleSession", Permission.OWN_ACCOUNT),
          entry("logoutOfConsole", Permission.OWN_ACCOUNT),
          entry("endSession", Permission.OWN_ACCOUNT),
          entry("endSessions", Permission.OWN_ACCOUNT),
          entry("endOtherSessions", Permission.OWN_ACCOUNT),
          entry("listUsers", Permission.READ_USERS),
          entry("getUser", Permission.READ_USERS),
          entry("changeUser", Permission.MANAGE_USERS),
          entry("inviteUser", Permission.MANAGE_USERS),
          entry("listRoles", Permission.READ_ROLES),
          entry("getRole", Permission.READ_ROLES),
          entry("createRole", Permission.MANAGE_ROLES),
          entry("changeRole", Permission.MANAGE_ROLES),
          entry("removeRole", Permission.MANAGE_ROLES),
          entry("listEvents", Permission.READ_EVENTS),
          entry("streamEvents", Permission.READ_EVENTS),
          entry("getEventSettings", Permission.READ_RULES),
          entry("setEventSettings", Permission.CHANGE_RULES),
          entry("listWebhooks", Permission.READ_WEBHOOKS),
          entry("getWebhook", Permission.READ_WEBHOOKS),
          entry("listDeliveries", Permission.READ_WEBHOOKS),
          entry("createWebhook", Permission.MANAGE_WEBHOOKS),
          entry("changeWebhook", Permission.MANAGE_WEBHOOKS),
          entry("removeWebhook", Permission.MANAGE_WEBHOOKS),
          entry("rotateWebhookSecret", Permission.MANAGE_WEBHOOKS),
          entry("replayWebhook", Permission.MANAGE_WEBHOOKS),
          entry("createImport", Permission.IMPORT_FILES),
          entry("listImports", Permission.READ_IMPORTS),
          entry("getImport", Permission.READ_IMPORTS),
          entry("listImportErrors", Permission.READ_IMPORTS),
          entry("cancelImport", Permission.IMPORT_FILES),
          entry("exportItems", Permission.EXPORT_FILES),
          entry("exportPrices", Permission.EXPORT_FILES),
          entry("exportStock", Permission.EXPORT_FILES),
          entry("listKeys", Permission.READ_KEYS),
          entry("getKey", Permission.READ_KEYS),
          entry("createKey", Permission.MANAGE_KEYS),
          entry("rotateKey", Permission.MANAGE_KEYS),
          entry("revokeKey", Permission.MANAGE_KEYS),
          entry("listItems", Permission.READ_CATALOG),
          entry("getItem", Permission.READ_CATALOG),
          entry("createItem", Permission.CHANGE_CATALOG),
          entry("changeItem", Permission.CHANGE_CATALOG),
          entry("getStock", Permission.READ_STOCK),
          entry("listMovements", Permission.READ_LEDGER),
          entry("receive", Permission.RECEIVE),
          entry("adjust", Permission.CORRECT_STOCK),
          entry("count", Permission.CORRECT_STOCK),
          entry("correct", Permission.CORRECT_STOCK),
          entry("transfer", Permission.TRANSFER),
          entry("setSafetyStock", Permission.CHANGE_RULES),
          entry("getPurchaseLimit", Permission.READ_RULES),
          entry("setPurchaseLimit", Permission.CHANGE_RULES),
          entry("removePurchaseLimit", Permission.CHANGE_RULES),
          entry("listLocations", Permission.READ_STOCK),
          entry("getLocation", Permission.READ_STOCK),
          entry("openLocation", Permission.CHANGE_LOCATIONS),
          entry("setPriority", Permission.CHANGE_LOCATIONS),
          entry("purchase", Permission.BUY),
          entry("reserve", Permission.SELL),
          entry("listReservations", Permission.READ_RESERVATIONS),
          entry("getReservation", Permission.READ_RESERVATIONS),
          entry("changeReservation", Permission.SELL),
          entry("commit", Permission.SELL),
          entry("extend", Permission.SELL),
          entry("release", Permission.SELL),
          entry("giveBack", Permission.SELL),
          entry("placeOrder", Permission.SELL),
          entry("listOrders", Permission.READ_RESERVATIONS),
          entry("getOrder", Permission.READ_RESERVATIONS),
          entry("payOrder", Permission.SELL),
          entry("payForOrder", Permission.SELL),
          entry("listPayments", Permission.READ_RESERVATIONS),
          entry("getPaymentSettings", Permission.READ_RULES),
          entry("setPaymentSettings", Permission.MANAGE_PAYMENTS),
          entry("fulfilOrder", Permission.SELL),
          entry("cancelOrder", Permission.SELL),
          entry("returnOrder", Permission.SELL),
          entry("getOrderNumbers", Permission.READ_RULES),
          entry("setOrderNumbers", Permission.CHANGE_RULES),
          entry("submitCommands", Permission.SUBMIT_COMMANDS),
          entry("getPolicy", Permission.READ_RULES),
          entry("setPolicy", Permission.CHANGE_RULES),
          entry("getRetention", Permission.READ_RULES),
          entry("setRetention", Permission.CHANGE_RULES),
          entry("getAudit", Permission.READ_AUDIT),
          entry("listQuarantines", Permission.READ_AUDIT),
          entry("listFindings", Permission.READ_AUDIT),
          entry("listTrail", Permission.READ_AUDIT),
          entry("acknowledge", Permission.ACT_ON_AUDIT));

  /// What may also be done with one's own reservations alone. That something came back is for those
  /// to say who have it.
  private static final Set<String> WITH_OWN =
      Set.of(
          "purchase",
          "reserve",
          "listReservations",
          "getReservation",
          "changeReservation",
          "commit",
          "extend",
          "release",
          "placeOrder",
          "listOrders",
          "getOrder",
          "payForOrder",
          "listPayments",
          "cancelOrder");

  /// What the framework answers by itself. Its other addresses show the same to everybody.
  private static final Map<String, Permission> ADDRESSES =
      Map.of("/metrics", Permission.READ_METRICS);

  private Rights() {}

  public static Set<String> operations() {
    return OPERATIONS.keySet();
  }

  public static Optional<Permission> ofOperation(String operationId) {
    return Optional.ofNullable(OPERATIONS.get(operationId));
  }

  /// What lets a caller do the operation with what is its own, where that is told apart.
  public static Optional<Permission> ofOwn(String operationId) {
    return WITH_OWN.contains(operationId)
        ? Optional.of(Permission.OWN_RESERVATIONS)
        : Optional.empty();
  }

  /// An address and what is below it.
  static Optional<Permission> ofAddress(String path) {
    for (Map.Entry<String, Permission> guarded : ADDRESSES.entrySet()) {
      if (isAtOrBelow(path, guarded.getKey())) {
        return Optional.of(guarded.getValue());
      }
    }
    return Optional.empty();
  }

  private static boolean isAtOrBelow(String path, String address) {
    return path.startsWith(address)
        && (path.length() == address.length() || path.charAt(address.length()) == '/');
  }
}
