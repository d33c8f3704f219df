package io.holdfast.stock.transaction;

import io.holdfast.stock.store.LevelRange;
import io.holdfast.stock.store.StockLevels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How many levels a load has found in each range.
///
/// A statement that waits for a row sees what has become of that row, and not another row that was
/// inserted meanwhile: of a transfer to a location that never had the item it sees the half that
/// took something away. What was refused on such a sight is to be decided again.
final class FoundLevels {
  private final Map<LevelRange, Integer> counts = new HashMap<>();

  void add(StockLevels.Loaded loaded) {
    boolean isThere = loaded.count() != null || loaded.held();
    counts.merge(loaded.range(), isThere ? 1 : 0, Integer::sum);
  }

  /// Those of the ranges, each once, that a level could have been added to since.
  List<LevelRange> mayHaveMore(Stream<LevelRange> ranges) {
    return ranges.filter(range -> range.location() == null || in(range) == 0).distinct().toList();
  }

  long in(List<LevelRange> ranges) {
    return ranges.stream().mapToLong(this::in).sum();
  }

  private int in(LevelRange range) {
    return counts.getOrDefault(range, 0);
  }
}
