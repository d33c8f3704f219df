package io.holdfast.server.series;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern PLACE = Pattern.compile("\\{(yyyy|mm|dd|0+)}");

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

  /// What numbers are counted within: the part of the date that the pattern tells. Empty: they are
  /// counted for ever.
  String period(LocalDate day) {
    // The zeros stand for no number here, and the letters are always the same.
    return filled(day, "");
  }

  String number(LocalDate day, long count) {
    return filled(day, Long.toString(count));
  }

  private String filled(LocalDate day, String count) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(filled(place.group(1), day, count)));
  }

  private static String filled(String place, LocalDate day, String count) {
    return switch (place) {
      case "yyyy" -> padded(Integer.toString(day.getYear()), 4);
      case "mm" -> padded(Integer.toString(day.getMonthValue()), 2);
      case "dd" -> padded(Integer.toString(day.getDayOfMonth()), 2);
      case String zeros -> padded(count, zeros.length());
    };
  }

  private static String padded(String digits, int width) {
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
