package io.holdfast.server.order;

import io.holdfast.stock.Sku;

/// So many units of an item, at the name and price that it had when the order was placed.
///
/// @param unitPrice in minor units of the order's currency
/// @param fulfilled units that were handed over
/// @param cancelled units that won't be
/// @param returned units that have come back, of those that were handed over
record OrderLine(
    Sku sku,
    String name,
    long unitPrice,
    long quantity,
    long fulfilled,
    long cancelled,
    long returned) {

  OrderLine {
    if (fulfilled < 0 || cancelled < 0 || returned < 0) {
      throw new IllegalArgumentException("counts are not negative");
    }
    if (fulfilled + cancelled > quantity || returned > fulfilled) {
      throw new IllegalArgumentException("no more is handed over than there is, or comes back");
    }
  }

  static OrderLine placed(Sku sku, String name, long unitPrice, long quantity) {
    return new OrderLine(sku, name, unitPrice, quantity, 0, 0, 0);
  }

  /// What is still to be handed over.
  long open() {
    return quantity - fulfilled - cancelled;
  }

  /// What could come back.
  long withBuyer() {
    return fulfilled - returned;
  }

  long total() {
    return Math.multiplyExact(unitPrice, quantity);
  }

  OrderLine fulfil(long units) {
    return new OrderLine(sku, name, unitPrice, quantity, fulfilled + units, cancelled, returned);
  }

  OrderLine cancelOpen() {
    return new OrderLine(sku, name, unitPrice, quantity, fulfilled, quantity - fulfilled, returned);
  }

  OrderLine takeBack(long units) {
    return new OrderLine(sku, name, unitPrice, quantity, fulfilled, cancelled, returned + units);
  }
}
