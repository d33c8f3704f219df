package io.holdfast.server.stock;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Bodies of requests, each read into the command that it asks for.
final class Requests {
  private static final long DEFAULT_TTL_SECONDS = 900;

  private Requests() {}

  @Schema(
      name = "WantedLine",
      description =
          "So many units of an item; equal items add up. Without a location it is served from as"
              + " few locations as possible, by their priority")
  record WantedLine(
      @Schema(required = true, minLength = 1, maxLength = 64) String sku,
      @Schema(required = true, minimum = "1", maximum = "1000000000") long quantity,
      @Schema(minLength = 1, maxLength = 64) @Nullable String location) {

    static Line read(JsonMembers line) {
      line.only("sku", "quantity", "location");
      return new Line(
          line.text("sku", Sku::new),
          line.optionalText("location", LocationId::new).orElse(null),
          line.whole("quantity", 1, Line.MAX_QUANTITY));
    }
  }

  @Schema(name = "NewReservation")
  record NewReservation(
      @Schema(required = true, minItems = 1, maxItems = 500) List<WantedLine> lines,
      @Schema(minimum = "1", maximum = "2592000", defaultValue = "900") @Nullable Long ttlSeconds,
      @Schema(minLength = 1, maxLength = 200) @Nullable String customer) {

    static Command read(byte[] body, HttpHeaders headers) {
      JsonMembers members = JsonBody.of(body, headers).only("lines", "ttl_seconds", "customer");
      return new Command.Reserve(
          members.objects("lines", Command.MAX_LINES, WantedLine::read),
          Duration.ofSeconds(
              members.whole(
                  "ttl_seconds",
                  Command.MIN_TTL.toSeconds(),
                  Command.MAX_TTL.toSeconds(),
                  DEFAULT_TTL_SECONDS)),
          members.optionalText("customer", Customer::new).orElse(null));
    }
  }

  @Schema(name = "NewPurchase")
  record NewPurchase(
      @Schema(required = true, minItems = 1, maxItems = 500) List<WantedLine> lines,
      @Schema(minLength = 1, maxLength = 200) @Nullable String customer) {

    static Command read(byte[] body, HttpHeaders headers) {
      JsonMembers members = JsonBody.of(body, headers).only("lines", "customer");
      return new Command.Purchase(
          members.objects("lines", Command.MAX_LINES, WantedLine::read),
          members.optionalText("customer", Customer::new).orElse(null));
    }
  }

  @Schema(name = "NewTime")
  record NewTime(@Schema(required = true, minimum = "1", maximum = "2592000") long ttlSeconds) {

    static Command read(ReservationId reservation, byte[] body, HttpHeaders headers) {
      JsonMembers members = JsonBody.of(body, headers).only("ttl_seconds");
      return new Command.Extend(
          reservation,
          Duration.ofSeconds(
              members.whole(
                  "ttl_seconds", Command.MIN_TTL.toSeconds(), Command.MAX_TTL.toSeconds())));
    }
  }

  @Schema(name = "NewReceipt")
  record NewReceipt(
      @Schema(required = true, minimum = "1", maximum = "1000000000") long quantity,
      @Schema(minLength = 1, maxLength = 200) @Nullable String reason) {

    static Command read(Sku sku, byte[] body, HttpHeaders headers) {
      JsonMembers members = JsonBody.of(body, headers).only("quantity", "reason");
      return new Command.Receive(
          sku,
          LocationId.MAIN,
          members.whole("quantity", 1, Line.MAX_QUANTITY),
          members.optionalText("reason", Reason::new).orElse(null));
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
      @Schema(required = true, minLength = 1, maxLength = 200) String reason) {

    static Command read(Sku sku, byte[] body, HttpHeaders headers) {
      JsonMembers members = JsonBody.of(body, headers).only("quantity", "reason");
      long change = members.whole("quantity", -Line.MAX_QUANTITY, Line.MAX_QUANTITY);
      if (change == 0) {
        throw new InvalidMember("quantity", "must not be 0");
      }
      return new Command.Adjust(sku, LocationId.MAIN, change, members.text("reason", Reason::new));
    }
  }
}
