package io.holdfast.server.payment;

import java.util.Optional;
import java.util.UUID;

/// Where orders are paid. Whatever is asked may have been asked before with the same key, and is
/// then done once.
interface PaymentProvider {
  /// Sets the money aside.
  ProviderAnswer<Intent> authorize(SecretKey account, Authorization wanted);

  /// Takes the money that was set aside.
  ProviderAnswer<Intent> capture(SecretKey account, String intent, String key);

  /// Takes no money, ever.
  ProviderAnswer<Intent> cancel(SecretKey account, String intent, String key);

  ProviderAnswer<Intent> find(SecretKey account, String intent);

  /// @return the provider's name of the refund
  ProviderAnswer<String> refund(SecretKey account, Repayment wanted);

  /// The same of one that may have been made already; empty: it was not.
  ProviderAnswer<Optional<String>> findRefund(SecretKey account, Repayment wanted);

  /// @param payment also the key
  /// @param order what the provider shows to people
  /// @param amount in minor units of the currency
  record Authorization(UUID payment, String order, String method, long amount, String currency) {}

  /// @param refund also the key
  record Repayment(UUID refund, String intent, long amount, String currency) {}
}
