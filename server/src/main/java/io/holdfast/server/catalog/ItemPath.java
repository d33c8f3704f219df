package io.holdfast.server.catalog;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.Sku;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The sku in an address. One that no item could have is the sku of no item.
public final class ItemPath {
  private ItemPath() {}

  /// For a sku that could be, and that nothing has.
  public static ProblemException unknown(Sku sku) {
    return new ProblemException(ProblemCode.UNKNOWN_ITEM, "no item has the sku " + sku, "sku");
  }

  static String address(Sku sku) {
    return "/v1/items/"
        + URLEncoder.encode(sku.value(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  public static Sku sku(String text) {
    try {
      return new Sku(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.UNKNOWN_ITEM, "no item can have such a sku", "sku");
    }
  }
}
