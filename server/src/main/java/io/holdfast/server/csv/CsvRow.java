package io.holdfast.server.csv;

import org.jspecify.annotations.Nullable;

/// One record of a CSV file, RFC 4180. Somebody's texts are made harmless, see [Formulas].
public final class CsvRow {
  private final StringBuilder cells;
  private boolean isFirst = true;

  public CsvRow(StringBuilder cells) {
    this.cells = cells;
  }

  public CsvRow number(long value) {
    next().append(value);
    return this;
  }

  /// A word of our own, which needs no care; nothing for null.
  public CsvRow word(@Nullable String value) {
    StringBuilder cell = next();
    if (value != null) {
      cell.append(value);
    }
    return this;
  }

  /// Somebody's text; nothing for null.
  public CsvRow text(@Nullable String value) {
    StringBuilder cell = next();
    if (value != null) {
      cell.append('"').append(Formulas.harmless(value).replace("\"", "\"\"")).append('"');
    }
    return this;
  }

  public void end() {
    cells.append("\r\n");
  }

  private StringBuilder next() {
    if (!isFirst) {
      cells.append(',');
    }
    isFirst = false;
    return cells;
  }
}
