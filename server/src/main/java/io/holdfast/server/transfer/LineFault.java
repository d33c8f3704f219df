package io.holdfast.server.transfer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a line has no effect.
///
/// @param line in the file, from 1
/// @param column where it is seen; null: in the line as a whole
/// @param code stable
/// @param value what stands there, shortened
record LineFault(
    long line, @Nullable String column, String code, String message, @Nullable String value) {
  private static final int MAX_VALUE = 100;
  private static final int MAX_MESSAGE = 500;

  LineFault {
    value = value == null ? null : printable(value, MAX_VALUE);
    message = printable(message, MAX_MESSAGE);
    column = column == null || column.isEmpty() ? null : printable(column, MAX_VALUE);
  }

  /// What the file itself can be blamed for. What the engine says no to has the code of its
  /// refusal.
  enum Code {
    UNREADABLE_LINE,
    NOT_UTF8,
    UNKNOWN_COLUMN,
    MISSING_VALUE,
    INVALID_VALUE,
    DUPLICATE_LINE;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static LineFault of(long line, Code code, @Nullable String column, String message) {
    return new LineFault(line, column, code.code(), message, null);
  }

  LineFault at(@Nullable String newValue) {
    return new LineFault(line, column, code, message, newValue);
  }

  /// It is shown to people and kept in a row, neither of which takes every character.
  private static String printable(String text, int max) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(max)
        .map(c -> Character.isISOControl(c) || isBroken(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > max
        ? shown.append('…').toString()
        : shown.toString();
  }

  private static boolean isBroken(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
