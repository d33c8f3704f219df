package io.holdfast.proof.outbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a writer may do to an order or a reservation, and the event that tells of it.
public enum Act {
  PLACE("orders", "", "order.placed"),
  PAY("orders", "/pay", "order.paid"),
  FULFIL("orders", "/fulfil", "order.fulfilled"),
  CANCEL("orders", "/cancel", "order.cancelled"),
  RETURN("orders", "/returns", "order.returned"),
  RESERVE("reservations", "", "reservation.reserved"),
  COMMIT("reservations", "/commit", "reservation.committed"),
  RELEASE("reservations", "/release", "reservation.released");

  private final String collection;
  private final String verb;
  private final String type;

  Act(String collection, String verb, String type) {
    this.collection = collection;
    this.verb = verb;
    this.type = type;
  }

  /// The type of the event.
  String type() {
    return type;
  }

  /// The type of the event that tells of the end of what it makes, when its time is up.
  String expiry() {
    return collection.equals("orders") ? "order.expired" : "reservation.expired";
  }

  /// Whether something is made by it.
  boolean isFirst() {
    return verb.isEmpty();
  }

  /// Of the event.
  String subject(String id) {
    return collection + "/" + id;
  }

  /// Where it is asked for.
  ///
  /// @param id of what it is about; empty if it makes that
  String path(String id) {
    return isFirst() ? "/v1/" + collection : "/v1/" + collection + "/" + id + verb;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Act> told(String type) {
    return Arrays.stream(values()).filter(act -> act.type.equals(type)).findFirst();
  }

  static boolean isExpiry(String type) {
    return Arrays.stream(values()).anyMatch(act -> act.expiry().equals(type));
  }
}
