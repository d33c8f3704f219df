package io.holdfast.server.catalog;

import io.holdfast.server.json.JsonMembers;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A price as it is read and written.
///
/// @param amount in the currency's minor units
/// @param currency by ISO 4217
@Schema(name = "Price")
public record Price(
    @Schema(minimum = "0", maximum = "1000000000000", description = "in minor units") long amount,
    @Schema(pattern = "^[A-Z]{3}$", description = "by ISO 4217") String currency) {

  static Optional<Money> read(JsonMembers members, String name) {
    return members.optionalObject(
        name,
        price ->
            new Money(
                price.only("amount", "currency").whole("amount", 0, Money.MAX_AMOUNT),
                price.text("currency", Money::requireKnown)));
  }

  static @Nullable Price of(@Nullable Money money) {
    return money == null ? null : new Price(money.amount(), money.currency());
  }
}
