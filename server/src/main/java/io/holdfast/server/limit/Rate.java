package io.holdfast.server.limit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How often something may happen: so many times a second in the long run, and so many at once
/// after a rest.
///
/// @param burst full again after an hour at most
public record Rate(long perSecond, long burst) {
  static final long MICRO = 1_000_000;
  private static final long MAX_PER_SECOND = 1_000_000;
  private static final long SECONDS_TO_FULL_MAX = 3_600;
  private static final Pattern FORM = Pattern.compile("(\\d{1,7})(?::(\\d{1,9}))?");

  public Rate {
    if (perSecond < 1 || perSecond > MAX_PER_SECOND) {
      throw new IllegalArgumentException(
          "a rate is between 1 and 1000000 a second, not " + perSecond);
    }
    if (burst < 1 || burst > perSecond * SECONDS_TO_FULL_MAX) {
      throw new IllegalArgumentException(
          "a burst is between 1 and what an hour gives, not " + burst);
    }
  }

  /// `RATE` or `RATE:BURST`; without one the burst is two seconds' worth. Empty for `off`.
  public static Optional<Rate> parse(String option, String text) {
    if (text.equals("off") || text.equals("0")) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          option + " must be RATE, RATE:BURST or off, as 100:500, not " + text);
    }
    long perSecond = Long.parseLong(parts.group(1));
    String burst = parts.group(2);
    try {
      return Optional.of(
          new Rate(perSecond, burst == null ? 2 * perSecond : Long.parseLong(burst)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  long burstMicroTokens() {
    return burst * MICRO;
  }

  /// How long until there is a whole token, from so many millionths.
  long nanosToNext(long microTokens) {
    return Math.max(0, MICRO - microTokens) * 1_000 / perSecond;
  }

  /// How long until the bucket is full.
  long nanosToFull(long microTokens) {
    return (burstMicroTokens() - microTokens) * 1_000 / perSecond;
  }
}
