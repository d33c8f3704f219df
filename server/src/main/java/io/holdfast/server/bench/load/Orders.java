package io.holdfast.server.bench.load;

import io.holdfast.stock.Line;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What is asked for: one unit of one item, or, in a share of the orders, one unit each of 2 to 5
/// items, every number of lines as often as the others.
public final class Orders {
  public static final int MAX_LINES = 5;

  private final List<String> skus;
  private final int multiLinePercent;
  private final int minLines;
  private final int maxLines;

  public Orders(List<String> skus, int multiLinePercent) {
    this(skus, multiLinePercent, 2, MAX_LINES);
  }

  private Orders(List<String> skus, int multiLinePercent, int minLines, int maxLines) {
    if (multiLinePercent > 0 && skus.size() < maxLines) {
      throw new IllegalArgumentException(
          "orders of " + maxLines + " items need as many, not " + skus.size());
    }
    this.skus = List.copyOf(skus);
    this.multiLinePercent = multiLinePercent;
    this.minLines = minLines;
    this.maxLines = maxLines;
  }

  /// Of so many items each.
  public static Orders of(List<String> skus, int lines) {
    return new Orders(skus, lines == 1 ? 0 : 100, lines, lines);
  }

  public List<Line> next(RandomGenerator random) {
    if (multiLinePercent == 0 || random.nextInt(100) >= multiLinePercent) {
      return List.of(Line.of(any(random), 1));
    }
    int lines = random.nextInt(minLines, maxLines + 1);
    Set<String> chosen = HashSet.newHashSet(lines);
    while (chosen.size() < lines) {
      chosen.add(any(random));
    }
    return chosen.stream().map(sku -> Line.of(sku, 1)).toList();
  }

  private String any(RandomGenerator random) {
    return skus.get(skus.size() == 1 ? 0 : random.nextInt(skus.size()));
  }
}
