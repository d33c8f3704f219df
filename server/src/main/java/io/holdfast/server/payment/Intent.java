package io.holdfast.server.payment;

import org.jspecify.annotations.Nullable;

/// A payment as the provider knows it.
///
/// @param clientSecret by which the buyer's browser goes on with it
/// @param fault why it was declined
record Intent(String id, Status status, @Nullable String clientSecret, @Nullable String fault) {

  /// How far it is.
  enum Status {
    /// It is there, and no money was asked for by it.
    UNCONFIRMED,
    /// The buyer, or a bank, has still to do something.
    WAITING,
    /// The money is set aside.
    AUTHORIZED,
    CHARGED,
    CANCELLED,
    DECLINED
  }
}
