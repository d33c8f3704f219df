package io.holdfast.server.policy;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockPolicy.ExpiredCommit;
import io.holdfast.stock.StockPolicyView;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of the policy read and write.
final class PolicyBodies {
  private static final long MAX_HELD = 1_000_000_000;

  private PolicyBodies() {}

  @Schema(name = "NewPolicy")
  record NewPolicy(
      @Schema(
              required = true,
              enumeration = {"refuse", "reserve_again"},
              description =
                  "what becomes of a commit after the reservation's time: it is refused, or takes"
                      + " the same stock once more if it is still there")
          String expiredCommit,
      @Schema(
              minimum = "1",
              maximum = "1000000000",
              description =
                  "reservations that may be held for one customer at a time; left out: any number")
          @Nullable Long heldReservationsMax) {

    static StockPolicy read(JsonMembers members) {
      members.only("expired_commit", "held_reservations_max");
      return new StockPolicy(
          members.text("expired_commit", NewPolicy::expiredCommit),
          members.optionalWhole("held_reservations_max", 1, MAX_HELD));
    }

    private static ExpiredCommit expiredCommit(String code) {
      return ExpiredCommit.ofCode(code)
          .orElseThrow(() -> new IllegalArgumentException("must be one of " + codes()));
    }

    private static String codes() {
      return Arrays.stream(ExpiredCommit.values())
          .map(ExpiredCommit::code)
          .collect(Collectors.joining(", "));
    }
  }

  /// @param version counts how often it was chosen; 0: never, and all of it is as usual
  @Schema(name = "StockPolicy")
  record Policy(
      @Schema(enumeration = {"refuse", "reserve_again"}) String expiredCommit,
      @Schema(nullable = true) @Nullable Long heldReservationsMax,
      long version) {

    static Policy of(StockPolicyView view) {
      return new Policy(
          view.policy().expiredCommit().code(),
          view.policy().heldReservationsMax(),
          view.version());
    }
  }
}
