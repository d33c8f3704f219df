package io.holdfast.server.start;

import io.holdfast.server.payment.StripeUrl;
import picocli.CommandLine.Option;

/// The option of `serve` about where orders are paid.
final class PaymentFlags {
  @Option(
      names = "--stripe-url",
      defaultValue = "${env:HOLDFAST_STRIPE_URL:-" + StripeUrl.USUAL + "}",
      paramLabel = "URL",
      description = {
        "where payments of the provider stripe are asked for: https, or http at loopback;",
        "HOLDFAST_STRIPE_URL says the same (default: " + StripeUrl.USUAL + ")"
      })
  private String url = StripeUrl.USUAL;

  StripeUrl parsed(Problems problems) {
    try {
      return StripeUrl.parse(url);
    } catch (IllegalArgumentException e) {
      problems.add("--stripe-url " + e.getMessage());
      return StripeUrl.parse(StripeUrl.USUAL);
    }
  }
}
