package io.holdfast.server.bench;

import io.holdfast.server.bench.load.Orders;

/// One load of the grid, under which every control is measured.
///
/// @param items over which the orders are spread
/// @param callers who wait for an answer at the same time
/// @param multiLinePercent share of the orders that have 2 to 5 lines
record Point(int items, int callers, int multiLinePercent) {
  static Point hot(int callers) {
    return new Point(1, callers, 0);
  }

  /// The most that an order has.
  int lines() {
    return multiLinePercent == 0 ? 1 : Orders.MAX_LINES;
  }
}
