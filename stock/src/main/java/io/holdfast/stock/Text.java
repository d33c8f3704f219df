package io.holdfast.stock;

import java.util.Objects;

/// What every short text from outside must satisfy before it may reach a row.
final class Text {
  private Text() {}

  static String checked(String what, String text, int maxLength) {
    Objects.requireNonNull(text, what);
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    int length = text.codePointCount(0, text.length());
    if (length > maxLength) {
      throw new IllegalArgumentException(
          what + " must have at most " + maxLength + " characters, not " + length);
    }
    if (text.codePoints().anyMatch(Text::isUnprintable)) {
      throw new IllegalArgumentException(
          what + " must not contain control characters or broken ones");
    }
    return text;
  }

  /// A text that names something: it can stand in an address, and two that look the same are.
  static String checkedName(String what, String text, int maxLength) {
    checked(what, text, maxLength);
    if (!text.equals(text.strip())) {
      throw new IllegalArgumentException(what + " must not begin or end with a space");
    }
    if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.FORMAT)) {
      throw new IllegalArgumentException(what + " must not contain characters that can't be seen");
    }
    if (text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException(what + " must not be a dot or two");
    }
    return text;
  }

  /// Control characters (NUL can't be stored at all) and lone surrogates (no UTF-8 form).
  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || codePoint == 0xFFFE
        || codePoint == 0xFFFF;
  }
}
