package io.holdfast.server.payment;

/// What a provider said, or did not.
sealed interface ProviderAnswer<T> {
  /// It did what was asked, or tells what there is.
  record Told<T>(T it) implements ProviderAnswer<T> {}

  /// It has done nothing, and never will on this request.
  ///
  /// @param code as the provider calls it
  record Refused<T>(String code) implements ProviderAnswer<T> {}

  /// It may have done what was asked, or not.
  record Unknown<T>(String why, Trace trace) implements ProviderAnswer<T> {}

  /// How far a request has come of which nobody knows what it did.
  enum Trace {
    /// This request, by itself, can't have done anything.
    UNTOUCHED,
    /// The provider has told a fault, and tells it again for the same key.
    FAULT,
    SILENT
  }
}
