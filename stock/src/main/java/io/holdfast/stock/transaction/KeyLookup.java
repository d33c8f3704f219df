package io.holdfast.stock.transaction;

/// When the idempotency keys of requests are looked up.
enum KeyLookup {
  /// Before anything is decided: right where many are repeated, or refused.
  BEFORE,

  /// After it, and only for requests that would have no effect: what a request did before is told
  /// again, whatever there is to say now. One that would have an effect a second time can't: its
  /// key is unique. Then all of the transaction is undone, and decided anew with all keys looked up
  /// before.
  AFTER
}
