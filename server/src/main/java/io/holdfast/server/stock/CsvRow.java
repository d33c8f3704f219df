package io.holdfast.server.stock;

import org.jspecify.annotations.Nullable;

/// One record of a CSV file, RFC 4180.
///
/// A spreadsheet takes a cell for a formula by how it begins. So a text that begins like one,
/// possibly behind spaces, gets a `'` in front (OWASP, CSV Injection), and so does one that begins
/// with `'`: whoever reads the file back drops the first `'` of a text, and has what was written.
final class CsvRow {
  // The last four are what an editor of East Asian text makes of the first four.
  private static final String BEGINS_A_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

  private final StringBuilder cells;
  private boolean isFirst = true;

  CsvRow(StringBuilder cells) {
    this.cells = cells;
  }

  CsvRow number(long value) {
    next().append(value);
    return this;
  }

  /// A word of our own, which needs no care; nothing for null.
  CsvRow word(@Nullable String value) {
    StringBuilder cell = next();
    if (value != null) {
      cell.append(value);
    }
    return this;
  }

  /// Somebody's text; nothing for null.
  CsvRow text(@Nullable String value) {
    StringBuilder cell = next();
    if (value != null) {
      cell.append('"').append(harmless(value).replace("\"", "\"\"")).append('"');
    }
    return this;
  }

  void end() {
    cells.append("\r\n");
  }

  private StringBuilder next() {
    if (!isFirst) {
      cells.append(',');
    }
    isFirst = false;
    return cells;
  }

  private static String harmless(String value) {
    String seen = value.stripLeading();
    boolean isHarmful =
        value.startsWith("'")
            || (!value.isEmpty() && Character.isISOControl(value.charAt(0)))
            || (!seen.isEmpty() && BEGINS_A_FORMULA.indexOf(seen.charAt(0)) >= 0);
    return isHarmful ? "'" + value : value;
  }
}
