package io.holdfast.server.order;

import io.holdfast.server.catalog.Money;
import io.holdfast.server.json.JsonMembers;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What an order or a line of it comes to.
///
/// @param amount in the currency's minor units
/// @param currency by ISO 4217
@Schema(name = "OrderTotal")
record OrderTotal(
    @Schema(minimum = "0", maximum = "9007199254740991", description = "in minor units")
        long amount,
    @Schema(pattern = "^[A-Z]{3}$", description = "by ISO 4217") String currency) {

  static Optional<OrderTotal> read(JsonMembers members, String name) {
    return members.optionalObject(
        name,
        total ->
            new OrderTotal(
                total.only("amount", "currency").whole("amount", 0, Pricing.MAX_TOTAL),
                total.text("currency", Money::requireKnown)));
  }
}
