package io.holdfast.server.payment;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where orders are paid. Whatever is asked may have been asked before with the same key, and is
/// then done once.
interface PaymentProvider {
  /// Makes an intent, by which no money is asked for yet.
  ProviderAnswer<Intent> create(SecretKey account, Authorization wanted, String key);

  /// Sets the money aside.
  ProviderAnswer<Intent> authorize(SecretKey account, String intent, String key);

  /// Takes the money that was set aside.
  ProviderAnswer<Intent> capture(SecretKey account, String intent, String key);

  /// Takes no money, ever.
  ProviderAnswer<Intent> cancel(SecretKey account, String intent, String key);

  ProviderAnswer<Intent> find(SecretKey account, String intent);

  ProviderAnswer<Repaid> refund(SecretKey account, Repayment wanted);

  /// The same of one that may have been made already; empty: it was not.
  ProviderAnswer<List<Repaid>> findRefund(SecretKey account, Repayment wanted);

  /// @param order what the provider shows to people
  /// @param amount in minor units of the currency
  record Authorization(UUID payment, String order, String method, long amount, String currency) {}

  /// @param refund also the key
  record Repayment(UUID refund, String intent, long amount, String currency) {}

  /// A refund as the provider knows it.
  ///
  /// @param reference as the provider calls it
  /// @param fault null: the money goes back
  record Repaid(String reference, @Nullable String fault) {}
}
