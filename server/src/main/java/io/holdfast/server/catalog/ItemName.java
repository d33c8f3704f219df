package io.holdfast.server.catalog;

/// What people call an item: 1 to 200 characters, none of them a control character.
public record ItemName(String value) {
  static final int MAX_LENGTH = 200;

  public ItemName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("name must not be empty");
    }
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("name must have at most " + MAX_LENGTH + " characters");
    }
    if (value.codePoints().anyMatch(ItemName::isUnprintable)) {
      throw new IllegalArgumentException("name must not contain control characters");
    }
  }

  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || codePoint == 0xFFFE
        || codePoint == 0xFFFF;
  }
}
