package io.holdfast.server.catalog;

/// Texts that people write, which are kept and told as they are.
public final class PlainText {
  private PlainText() {}

  /// One line of 1 to `maxLength` characters.
  ///
  /// @throws IllegalArgumentException if it is none; what it says begins with `what`
  public static String line(String what, String value, int maxLength) {
    requireLength(what, value, maxLength);
    if (value.codePoints().anyMatch(PlainText::isUnprintable)) {
      throw new IllegalArgumentException(what + " must not contain control characters");
    }
    return value;
  }

  /// Lines of 1 to `maxLength` characters together.
  static String lines(String what, String value, int maxLength) {
    requireLength(what, value, maxLength);
    if (value.codePoints().anyMatch(c -> isUnprintable(c) && c != '\n' && c != '\t')) {
      throw new IllegalArgumentException(
          what + " must not contain control characters but line feeds and tabs");
    }
    return value;
  }

  private static void requireLength(String what, String value, int maxLength) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    if (value.length() > maxLength) {
      throw new IllegalArgumentException(what + " must have at most " + maxLength + " characters");
    }
  }

  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || codePoint == 0xFFFE
        || codePoint == 0xFFFF;
  }
}
