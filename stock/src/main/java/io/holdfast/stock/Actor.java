package io.holdfast.stock;

/// Who asks, as the ledger will name them: 1 to 200 characters.
public record Actor(String name) {
  /// In characters of Unicode.
  public static final int MAX_LENGTH = 200;

  public Actor {
    Text.checked("actor", name, MAX_LENGTH);
  }
}
