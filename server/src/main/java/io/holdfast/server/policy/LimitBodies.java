package io.holdfast.server.policy;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Line;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.PurchaseLimitView;
import io.holdfast.stock.Sku;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What the routes of an item's limit read and write.
final class LimitBodies {
  private LimitBodies() {}

  @Schema(name = "NewPurchaseLimit")
  record NewLimit(
      @Schema(
              required = true,
              minimum = "1",
              maximum = "1000000000",
              description = "units that one customer may have, reserved and bought together")
          long maxQuantity,
      @Schema(
              required = true,
              minimum = "1",
              maximum = "316224000",
              description = "how long what was claimed counts")
          long windowSeconds) {

    static PurchaseLimit read(Sku sku, JsonMembers members) {
      members.only("max_quantity", "window_seconds");
      return new PurchaseLimit(
          sku,
          members.whole("max_quantity", 1, Line.MAX_QUANTITY),
          Duration.ofSeconds(
              members.whole("window_seconds", 1, PurchaseLimit.MAX_WINDOW.toSeconds())));
    }
  }

  /// @param version counts how often it was set, from 1
  @Schema(name = "PurchaseLimit")
  record Limit(String sku, long maxQuantity, long windowSeconds, long version) {

    static Limit of(PurchaseLimitView view) {
      PurchaseLimit limit = view.limit();
      return new Limit(
          limit.sku().value(), limit.maxQuantity(), limit.window().toSeconds(), view.version());
    }
  }
}
