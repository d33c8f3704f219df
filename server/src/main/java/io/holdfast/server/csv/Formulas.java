package io.holdfast.server.csv;

/// A spreadsheet takes a cell for a formula by how it begins. So a text that begins like one,
/// possibly behind spaces, gets a `'` in front (OWASP, CSV Injection), and so does one that begins
/// with `'`: who reads the file back can tell what was put there.
public final class Formulas {
  private static final char GUARD = '\'';

  // The last four are what an editor of East Asian text makes of the first four.
  private static final String BEGINS_A_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

  private Formulas() {}

  /// A text as it is written.
  public static String harmless(String value) {
    return isHarmful(value) ? GUARD + value : value;
  }

  /// What was written. A `'` that nobody put there for a spreadsheet stays: `'s-Hertogenbosch` is a
  /// name.
  public static String written(String cell) {
    boolean isGuarded = !cell.isEmpty() && cell.charAt(0) == GUARD && isHarmful(cell.substring(1));
    return isGuarded ? cell.substring(1) : cell;
  }

  private static boolean isHarmful(String value) {
    String seen = value.stripLeading();
    return (!value.isEmpty()
            && (value.charAt(0) == GUARD || Character.isISOControl(value.charAt(0))))
        || (!seen.isEmpty() && BEGINS_A_FORMULA.indexOf(seen.charAt(0)) >= 0);
  }
}
