package io.holdfast.stock;

/// Who a reservation is for, in the caller's own words: 1 to 200 characters.
public record Customer(String reference) {
  /// In characters of Unicode.
  public static final int MAX_LENGTH = 200;

  public Customer {
    Text.checked("customer", reference, MAX_LENGTH);
  }
}
