package io.holdfast.server.stock;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Reason;
import io.holdfast.stock.Sku;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Bodies of requests about an item's levels, each read into the command that it asks for.
final class LevelRequests {
  private LevelRequests() {}

  @Schema(name = "NewReceipt")
  record NewReceipt(
      @Schema(required = true, minimum = "1", maximum = "1000000000") long quantity,
      @Schema(minLength = 1, maxLength = 64, defaultValue = "main") @Nullable String location,
      @Schema(minLength = 1, maxLength = 200) @Nullable String reason) {

    static Command read(Sku sku, JsonMembers members) {
      members.only("quantity", "location", "reason");
      return new Command.Receive(sku, locationOf(members), quantityOf(members), reasonOf(members));
    }
  }

  @Schema(name = "NewAdjustment")
  record NewAdjustment(
      @Schema(
              required = true,
              minimum = "-1000000000",
              maximum = "1000000000",
              description = "signed, not zero")
          long quantity,
      @Schema(minLength = 1, maxLength = 64, defaultValue = "main") @Nullable String location,
      @Schema(required = true, minLength = 1, maxLength = 200) String reason) {

    static Command read(Sku sku, JsonMembers members) {
      members.only("quantity", "location", "reason");
      long change = members.whole("quantity", -Line.MAX_QUANTITY, Line.MAX_QUANTITY);
      if (change == 0) {
        throw new InvalidMember(members.path("quantity"), "must not be 0");
      }
      return new Command.Adjust(
          sku, locationOf(members), change, members.text("reason", Reason::new));
    }
  }

  @Schema(name = "NewCount")
  record NewCount(
      @Schema(required = true, minimum = "0", maximum = "1000000000") long onHand,
      @Schema(
              required = true,
              minimum = "0",
              description =
                  "the level's when it was counted: if anything has moved since, the"
                      + " number says nothing")
          long version,
      @Schema(minLength = 1, maxLength = 64, defaultValue = "main") @Nullable String location,
      @Schema(minLength = 1, maxLength = 200) @Nullable String reason) {

    static Command read(Sku sku, JsonMembers members) {
      members.only("on_hand", "version", "location", "reason");
      return new Command.Count(
          sku,
          locationOf(members),
          members.whole("on_hand", 0, Line.MAX_QUANTITY),
          members.whole("version", 0, Long.MAX_VALUE),
          reasonOf(members));
    }
  }

  @Schema(name = "NewTransfer")
  record NewTransfer(
      @Schema(required = true, minLength = 1, maxLength = 64) String from,
      @Schema(
              required = true,
              minLength = 1,
              maxLength = 64,
              description = "another location than `from`")
          String to,
      @Schema(required = true, minimum = "1", maximum = "1000000000") long quantity,
      @Schema(minLength = 1, maxLength = 200) @Nullable String reason) {

    static Command read(Sku sku, JsonMembers members) {
      members.only("from", "to", "quantity", "reason");
      LocationId from = members.text("from", LocationId::new);
      LocationId to = members.text("to", LocationId::new);
      if (from.equals(to)) {
        throw new InvalidMember(members.path("to"), "must be another location than from");
      }
      return new Command.Transfer(sku, from, to, quantityOf(members), reasonOf(members));
    }
  }

  @Schema(name = "NewSafetyStock")
  record NewSafetyStock(
      @Schema(
              required = true,
              minimum = "0",
              maximum = "1000000000",
              description = "units of the level that are not sold")
          long safetyStock,
      @Schema(minLength = 1, maxLength = 64, defaultValue = "main") @Nullable String location,
      @Schema(minLength = 1, maxLength = 200) @Nullable String reason) {

    static Command read(Sku sku, JsonMembers members) {
      members.only("safety_stock", "location", "reason");
      return new Command.SetSafetyStock(
          sku,
          locationOf(members),
          members.whole("safety_stock", 0, Line.MAX_QUANTITY),
          reasonOf(members));
    }
  }

  @Schema(name = "NewCorrection")
  record NewCorrection(
      @Schema(
              required = true,
              minimum = "0",
              maximum = "9007199254740991",
              description = "what was counted, not less than is held")
          long onHand,
      @Schema(minLength = 1, maxLength = 64, defaultValue = "main") @Nullable String location,
      @Schema(required = true, minLength = 1, maxLength = 200) String reason) {

    static Command read(Sku sku, JsonMembers members) {
      members.only("on_hand", "location", "reason");
      return new Command.Correct(
          sku,
          locationOf(members),
          members.whole("on_hand", 0, Command.Correct.MAX_ON_HAND),
          members.text("reason", Reason::new));
    }
  }

  private static long quantityOf(JsonMembers members) {
    return members.whole("quantity", 1, Line.MAX_QUANTITY);
  }

  private static LocationId locationOf(JsonMembers members) {
    return members.optionalText("location", LocationId::new).orElse(LocationId.MAIN);
  }

  private static @Nullable Reason reasonOf(JsonMembers members) {
    return members.optionalText("reason", Reason::new).orElse(null);
  }
}
