package io.holdfast.server.account;

/// What somebody is called: 1 to 200 characters.
record PersonName(String text) {
  private static final int MAX_LENGTH = 200;

  PersonName {
    text = text.strip();
    if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException("must have 1 to 200 characters");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("must not have control characters");
    }
  }
}
