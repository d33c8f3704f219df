package io.holdfast.server.catalog;

/// What kind of item it is, in the tenant's own words: 1 to 100 characters. Two are the same if
/// their characters are.
public record Category(String value) {
  static final int MAX_LENGTH = 100;

  public Category {
    PlainText.line("category", value, MAX_LENGTH);
  }
}
