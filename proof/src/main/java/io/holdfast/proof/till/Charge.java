package io.holdfast.proof.till;

/// A payment intent, as the provider knows it.
///
/// @param order as the shop calls it, and payment likewise
/// @param taken in all
/// @param back of that
/// @param isTakenEarly whether money was taken while the shop did not say yet that the order is
///   paid
public record Charge(
    String id,
    String order,
    String payment,
    String method,
    String status,
    long amount,
    long taken,
    long back,
    boolean isTakenEarly) {
  /// Whether it waits for somebody.
  public boolean isOpen() {
    return status.equals("requires_capture") || status.equals("requires_action");
  }

  /// What the shop has of it.
  public long kept() {
    return taken - back;
  }

  Charge with(String newStatus) {
    return new Charge(id, order, payment, method, newStatus, amount, taken, back, isTakenEarly);
  }

  Charge taken(boolean isEarly) {
    return new Charge(id, order, payment, method, "succeeded", amount, amount, back, isEarly);
  }

  Charge back(long more) {
    return new Charge(id, order, payment, method, status, amount, taken, back + more, isTakenEarly);
  }
}
