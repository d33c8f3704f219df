package io.holdfast.server.transfer;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import org.jspecify.annotations.Nullable;

/// What a line says of a level: how much lies there, or how much has come in.
///
/// @param onHand what was counted; null: it is about what has come in
/// @param version the level's when it was counted; null: whichever it has
/// @param received what has come in; null: it is about what was counted
record StockLine(
    Sku sku,
    LocationId location,
    @Nullable Long onHand,
    @Nullable Long version,
    @Nullable Long received) {

  static StockLine of(JsonMembers members) {
    StockLine line =
        new StockLine(
            members.text("sku", Sku::new),
            members.optionalText("location", LocationId::new).orElse(LocationId.MAIN),
            members.optionalWhole("on_hand", 0, Line.MAX_QUANTITY),
            members.optionalWhole("version", 0, Long.MAX_VALUE),
            members.optionalWhole("received", 1, Line.MAX_QUANTITY));
    if ((line.onHand == null) == (line.received == null)) {
      throw new InvalidMember("on_hand", "or received must be given, and not both");
    }
    if (line.received != null && line.version != null) {
      throw new InvalidMember("version", "goes with on_hand, and not with received");
    }
    return line;
  }

  LineKey key() {
    return new LineKey(sku, location.value());
  }
}
