package io.holdfast.server.start;

import io.holdfast.stock.StockVerifier.Difference;
import java.io.PrintWriter;
import java.util.List;

/// Differences as a person reads them, one a line.
final class DifferenceLines {
  private DifferenceLines() {}

  static void print(List<Difference> differences, PrintWriter out) {
    for (Difference difference : differences) {
      out.printf(
          "%s | %s | expected %s | found %s%n",
          difference.check(), difference.row(), difference.expected(), difference.found());
    }
  }
}
