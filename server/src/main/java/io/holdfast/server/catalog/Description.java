package io.holdfast.server.catalog;

/// What is told of an item at length: plain text, 1 to 5,000 characters, with lines.
public record Description(String value) {
  static final int MAX_LENGTH = 5_000;

  public Description {
    PlainText.lines("description", value, MAX_LENGTH);
  }
}
