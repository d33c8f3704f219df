package io.holdfast.server.catalog;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.Sku;

/// The sku in an address. One that no item could have is the sku of no item.
public final class ItemPath {
  private ItemPath() {}

  /// For a sku that could be, and that nothing has.
  public static ProblemException unknown(Sku sku) {
    return new ProblemException(ProblemCode.UNKNOWN_ITEM, "no item has the sku " + sku, "sku");
  }

  public static Sku sku(String text) {
    try {
      return new Sku(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.UNKNOWN_ITEM, "no item can have such a sku", "sku");
    }
  }
}
