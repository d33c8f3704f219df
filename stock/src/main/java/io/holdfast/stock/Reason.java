package io.holdfast.stock;

/// Why stock was received or adjusted: 1 to 200 characters, kept in the ledger.
public record Reason(String text) {
  /// In characters of Unicode.
  public static final int MAX_LENGTH = 200;

  public Reason {
    Text.checked("reason", text, MAX_LENGTH);
  }
}
