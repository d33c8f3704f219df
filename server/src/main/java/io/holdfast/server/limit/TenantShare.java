package io.holdfast.server.limit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many requests of one tenant a node works on at the same time.
///
/// @param alone while no other tenant asks anything
/// @param beside while others do
public record TenantShare(int alone, int beside) {
  private static final int MAX = 100_000;
  private static final int ALONE = 512;
  private static final int BESIDE_PER_CORE = 32;
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(?::(\\d{1,6}))?");

  public TenantShare {
    if (beside < 1 || alone < beside || alone > MAX) {
      throw new IllegalArgumentException(
          "a tenant's requests at once are between 1 and 100000, and not more beside others than"
              + " alone");
    }
  }

  /// So many alone that the engine's batches get as large as they gain by; beside others fewer, so
  /// that the node has time left, and still so many that there are batches.
  public static TenantShare usual(int cores) {
    int beside = Math.min(ALONE, BESIDE_PER_CORE * cores);
    return new TenantShare(ALONE, beside);
  }

  /// `N` for both, `ALONE:BESIDE`, or `off`.
  public static Optional<TenantShare> parse(String option, String text) {
    if (text.equals("off") || text.equals("0")) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          option + " must be N, ALONE:BESIDE or off, as 512:8, not " + text);
    }
    int alone = Integer.parseInt(parts.group(1));
    String beside = parts.group(2);
    try {
      return Optional.of(new TenantShare(alone, beside == null ? alone : Integer.parseInt(beside)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }
}
