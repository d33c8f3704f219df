package io.holdfast.server.payment;

import io.holdfast.server.identity.OpenRoutes;
import jakarta.inject.Singleton;

/// What the provider may ask without a credential, since it signs.
@Singleton
final class PaymentRoutes implements OpenRoutes {
  @Override
  public boolean isOpen(String path) {
    return path.startsWith("/v1/payment-events/");
  }
}
