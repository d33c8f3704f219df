package io.holdfast.stock.transaction;

import io.holdfast.stock.store.LevelRange;
import io.holdfast.stock.store.StockLevels;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many levels a load has found in each range.
///
/// A statement that waits for a row sees what has become of that row, and not another row that was
/// inserted meanwhile: of a transfer to a location that never had the item it sees the half that
/// took something away. What was refused on such a sight is to be decided again.
final class FoundLevels {
  private final Map<LevelRange, Integer> counts = new HashMap<>();
  private final Map<Request, List<LevelRange>> asked = new HashMap<>();

  /// What a request about reservations is about, as it is known before anything is decided; any
  /// other names it itself.
  void ask(Request request, List<LevelRange> ranges) {
    asked.put(request, ranges);
  }

  void add(StockLevels.Loaded loaded) {
    boolean isThere = loaded.count() != null || loaded.held();
    counts.merge(loaded.range(), isThere ? 1 : 0, Integer::sum);
  }

  /// The ranges, each once, to which a level that these requests lack could have been added since.
  List<LevelRange> mayHaveMore(Collection<Request> lacking) {
    return lacking.stream()
        .flatMap(request -> asked.getOrDefault(request, request.footprint().levels()).stream())
        .filter(range -> range.location() == null || in(range) == 0)
        .distinct()
        .toList();
  }

  long in(List<LevelRange> ranges) {
    return ranges.stream().mapToLong(this::in).sum();
  }

  private int in(LevelRange range) {
    return counts.getOrDefault(range, 0);
  }
}
