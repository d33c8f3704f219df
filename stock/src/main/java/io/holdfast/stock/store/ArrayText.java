package io.holdfast.stock.store;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's text form of an array. A batch sends an array of them, one per row, since SQL has
/// no array whose elements are arrays of different lengths.
final class ArrayText {
  private ArrayText() {}

  static <T> String ofTexts(List<T> elements, Function<T, @Nullable String> text) {
    StringBuilder array = new StringBuilder("{");
    for (T element : elements) {
      if (array.length() > 1) {
        array.append(',');
      }
      appendQuoted(array, text.apply(element));
    }
    return array.append('}').toString();
  }

  static <T> String ofNumbers(List<T> elements, ToLongFunction<T> number) {
    StringBuilder array = new StringBuilder("{");
    for (T element : elements) {
      if (array.length() > 1) {
        array.append(',');
      }
      array.append(number.applyAsLong(element));
    }
    return array.append('}').toString();
  }

  private static void appendQuoted(StringBuilder array, @Nullable String text) {
    if (text == null) {
      array.append("NULL");
      return;
    }
    array.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        array.append('\\');
      }
      array.append(c);
    }
    array.append('"');
  }
}
