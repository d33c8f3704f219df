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
  ///
  /// @param isUntouched whether this request, by itself, can't have done anything
  record Unknown<T>(String why, boolean isUntouched) implements ProviderAnswer<T> {}
}
