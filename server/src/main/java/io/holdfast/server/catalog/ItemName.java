package io.holdfast.server.catalog;

/// What people call an item: 1 to 200 characters, none of them a control character.
public record ItemName(String value) {
  static final int MAX_LENGTH = 200;

  public ItemName {
    PlainText.line("name", value, MAX_LENGTH);
  }
}
