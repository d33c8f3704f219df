package io.holdfast.server.identity;

/// What people call somebody, or something: 1 to 200 characters.
public record DisplayName(String text) {
  private static final int MAX_LENGTH = 200;

  public DisplayName {
    text = text.strip();
    if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException("must have 1 to 200 characters");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("must not have control characters");
    }
  }
}
