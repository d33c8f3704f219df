package io.holdfast.server.asvs;

import java.util.List;
import java.util.stream.Stream;

/// One requirement, as `docs/reference/asvs.csv` has it.
///
/// @param evidence tests (`ClassTest.method`) and sections (`docs/page.md#section`)
record Line(
    Section section,
    String id,
    String level,
    String requirement,
    String verdict,
    List<String> evidence,
    String remark) {
  private static final int COLUMNS = 8;

  /// Where it stands in the standard.
  record Section(String chapter, String name) {}

  static Line of(List<String> cells) {
    if (cells.size() != COLUMNS) {
      throw new IllegalArgumentException("it must have " + COLUMNS + " columns: " + cells);
    }
    return new Line(
        new Section(cells.get(0), cells.get(1)),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        Stream.of(cells.get(6).split(" ", -1)).filter(one -> !one.isEmpty()).toList(),
        cells.get(7));
  }
}
