package io.holdfast.server.payment;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.payment.Refunds.Refund;
import io.holdfast.stock.Actor;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What is asked and told of payments.
final class PaymentBodies {
  private static final int MAX_METHOD = 200;
  private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9_]{1,200}");

  private PaymentBodies() {}

  @Schema(name = "NewPaymentByMethod")
  record NewPaymentByMethod(
      @Schema(
              required = true,
              minLength = 1,
              maxLength = MAX_METHOD,
              description = "as the provider has called it to the buyer's browser: pm_…")
          String paymentMethod) {

    static String read(JsonMembers members) {
      return members
          .only("payment_method")
          .text(
              "payment_method",
              text -> {
                if (!METHOD.matcher(text).matches()) {
                  throw new IllegalArgumentException("must be an id as the provider gives it");
                }
                return text;
              });
    }
  }

  /// @param amount in minor units of the payment's currency
  /// @param reference as the provider calls it
  /// @param fault why it could not be made
  @Schema(name = "PaymentRefund")
  record RefundTold(
      String id,
      long amount,
      @Schema(enumeration = {"begun", "made", "failed"}) String state,
      @Schema(nullable = true) @Nullable String reference,
      @Schema(nullable = true) @Nullable String fault) {
    static RefundTold of(Refund refund) {
      return new RefundTold(
          refund.id().toString(),
          refund.amount(),
          refund.state(),
          refund.reference(),
          refund.fault());
    }
  }

  /// @param amount in minor units of the currency
  /// @param intent as the provider calls it
  /// @param clientSecret with `pending`: by which the buyer's browser goes on with it; told only to
  ///   whoever has begun the payment
  /// @param fault why it came to nothing
  @Schema(name = "OrderPaymentAttempt")
  record Told(
      String id,
      String order,
      @Schema(enumeration = "stripe") String provider,
      @Schema(
              enumeration = {
                "begun",
                "pending",
                "authorized",
                "confirmed",
                "captured",
                "cancelling",
                "cancelled",
                "declined",
                "failed"
              })
          String state,
      long amount,
      String currency,
      @Schema(nullable = true) @Nullable String intent,
      @Schema(nullable = true) @Nullable String clientSecret,
      @Schema(nullable = true) @Nullable String fault,
      List<RefundTold> refunds,
      Instant begunAt,
      Instant changedAt) {
    static Told of(StoredPayment payment, List<Refund> refunds, Actor asks) {
      boolean isTheirs = payment.begunBy().equals(asks.name());
      return new Told(
          payment.id().payment().toString(),
          payment.order().toString(),
          "stripe",
          payment.state().code(),
          payment.amount(),
          payment.currency(),
          payment.intent(),
          isTheirs ? payment.clientSecret() : null,
          payment.fault(),
          refunds.stream().map(RefundTold::of).toList(),
          payment.begunAt(),
          payment.changedAt());
    }
  }

  @Schema(name = "OrderPaymentAttempts")
  record ListTold(List<Told> payments) {}

  @Schema(name = "PaymentEventReceived")
  record Received(boolean received) {}
}
