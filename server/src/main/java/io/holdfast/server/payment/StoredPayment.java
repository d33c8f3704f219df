package io.holdfast.server.payment;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A payment as it was read.
///
/// @param amount in minor units of the currency
/// @param clientSecret by which the buyer's browser goes on with it
/// @param fault why it came to nothing
/// @param confirmedAt when the order's stock became the buyer's by it
/// @param attempts that have brought nothing new since it last changed
/// @param now by the database's clock
record StoredPayment(
    Id id,
    ReservationId order,
    String method,
    long amount,
    String currency,
    PaymentState state,
    @Nullable String intent,
    @Nullable String clientSecret,
    @Nullable String fault,
    String begunBy,
    Instant begunAt,
    Instant changedAt,
    @Nullable Instant confirmedAt,
    int attempts,
    Instant now) {

  /// Which one it is, and whose.
  record Id(TenantId tenant, UUID payment) {}

  String knownIntent() {
    if (intent == null) {
      throw new IllegalStateException("no intent is known of payment " + id.payment());
    }
    return intent;
  }
}
