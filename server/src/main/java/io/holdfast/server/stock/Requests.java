package io.holdfast.server.stock;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Bodies of requests about reservations, each read into the command that it asks for.
final class Requests {
  private Requests() {}

  @Schema(name = "NewReservation")
  record NewReservation(
      @Schema(required = true, minItems = 1, maxItems = 500) List<WantedLine> lines,
      @Schema(minimum = "1", maximum = "2592000", defaultValue = "900") @Nullable Long ttlSeconds,
      @Schema(minLength = 1, maxLength = 200) @Nullable String customer,
      @Schema(
              defaultValue = "false",
              description = "be content with less: of each line what is there, if anything is")
          @Nullable Boolean partial,
      @Schema(
              format = "uuid",
              description =
                  "an older reservation of the same `customer`, given back and taken anew in one"
                      + " step")
          @Nullable String replaces) {

    static Command read(JsonMembers members, Reach reach) {
      members.only("lines", "ttl_seconds", "customer", "partial", "replaces");
      List<Line> lines = WantedLine.readAll(members);
      Duration ttl = HeldFor.read(members);
      Customer customer = reach.customer(members);
      ReservationId replaces =
          members.optionalText("replaces", ReservationPath::parsed).orElse(null);
      if (replaces != null && customer == null) {
        throw new InvalidMember(
            members.path("customer"), "is needed to replace one of its reservations");
      }
      return new Command.Reserve(lines, ttl, customer, members.flag("partial", false), replaces);
    }
  }

  @Schema(name = "NewPurchase")
  record NewPurchase(
      @Schema(required = true, minItems = 1, maxItems = 500) List<WantedLine> lines,
      @Schema(minLength = 1, maxLength = 200) @Nullable String customer) {

    static Command read(JsonMembers members, Reach reach) {
      members.only("lines", "customer");
      return new Command.Purchase(WantedLine.readAll(members), reach.customer(members));
    }
  }

  @Schema(name = "NewLines", description = "What the reservation is to have, all of it")
  record NewLines(@Schema(required = true, minItems = 1, maxItems = 500) List<WantedLine> lines) {

    static Command read(
        ReservationId reservation, @Nullable Long expectedVersion, JsonMembers members) {
      members.only("lines");
      return new Command.Change(reservation, WantedLine.readAll(members), expectedVersion);
    }
  }

  @Schema(name = "CommittedPart")
  record CommittedPart(
      @Schema(
              minItems = 1,
              maxItems = 500,
              description = "what is committed, the rest being released; left out: all of it")
          @Nullable List<WantedLine> lines) {

    static Command read(ReservationId reservation, JsonMembers members) {
      members.only("lines");
      return new Command.Commit(reservation, WantedLine.readAny(members));
    }
  }

  @Schema(name = "NewTime")
  record NewTime(@Schema(required = true, minimum = "1", maximum = "2592000") long ttlSeconds) {

    static Command read(ReservationId reservation, JsonMembers members) {
      members.only("ttl_seconds");
      return new Command.Extend(reservation, HeldFor.readRequired(members));
    }
  }

  @Schema(name = "NewReturn")
  record NewReturn(
      @Schema(
              minItems = 1,
              maxItems = 500,
              description = "what came back; left out: all that has not come back before")
          @Nullable List<WantedLine> lines,
      @Schema(minLength = 1, maxLength = 200) @Nullable String reason) {

    static Command read(ReservationId reservation, JsonMembers members) {
      members.only("lines", "reason");
      return new Command.Return(
          reservation,
          WantedLine.readAny(members),
          members.optionalText("reason", Reason::new).orElse(null));
    }
  }
}
