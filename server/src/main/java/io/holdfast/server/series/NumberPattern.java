package io.holdfast.server.series;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// How the numbers of a series look: `SO-{yyyy}-{000000}` gives `SO-2026-000042`. The zeros say how
/// many digits there are at least. With a year, a month or a day in it, numbers begin again with 1
/// when that moves on; dates are those of UTC.
///
/// @param text letters, digits and `-_./#` as they are, `{yyyy}`, `{mm}`, `{dd}`, and once `{0}` to
///   `{000000000000}`
public record NumberPattern(String text) {
  static final int MAX_LENGTH = 60;

  private static final Pattern FORM =
      Pattern.compile("(?:[A-Za-z0-9_./#-]|\\{yyyy}|\\{mm}|\\{dd}|\\{0{1,12}})+");

  public NumberPattern {
    if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must have at most "
              + MAX_LENGTH
              + " letters, digits and -_./# besides {yyyy}, {mm}, {dd} and zeros like {000000}");
    }
    if (times("{0", text) != 1) {
      throw new IllegalArgumentException("must have zeros once, like {000000}");
    }
    for (String part : List.of("{yyyy}", "{mm}", "{dd}")) {
      if (times(part, text) > 1) {
        throw new IllegalArgumentException("must have " + part + " at most once");
      }
    }
    if ((text.contains("{mm}") && !text.contains("{yyyy}"))
        || (text.contains("{dd}") && !text.contains("{mm}"))) {
      throw new IllegalArgumentException(
          "must have {yyyy} with {mm}, and {mm} with {dd}, or a number would come twice");
    }
  }

  private static int times(String part, String text) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  /// Whether numbers begin again with 1 from one day to another: the part of the date that the
  /// pattern tells has moved on.
  boolean beginsAnew(LocalDate from, LocalDate to) {
    return !before(from).equals(before(to)) || !after(from).equals(after(to));
  }

  /// What stands in front of the number.
  String before(LocalDate day) {
    return dated(text.substring(0, text.indexOf("{0")), day);
  }

  /// What stands behind it.
  String after(LocalDate day) {
    return dated(text.substring(text.indexOf('}', text.indexOf("{0")) + 1), day);
  }

  /// So many numbers from the first one on.
  List<String> numbers(LocalDate day, long first, int count) {
    String before = before(day);
    String after = after(day);
    int zeros = text.indexOf('}', text.indexOf("{0")) - text.indexOf("{0") - 1;
    return LongStream.range(first, first + count)
        .mapToObj(number -> before + padded(Long.toString(number), zeros) + after)
        .toList();
  }

  private static String dated(String part, LocalDate day) {
    return part.replace("{yyyy}", padded(Integer.toString(day.getYear()), 4))
        .replace("{mm}", padded(Integer.toString(day.getMonthValue()), 2))
        .replace("{dd}", padded(Integer.toString(day.getDayOfMonth()), 2));
  }

  private static String padded(String digits, int width) {
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
