package io.holdfast.proof.ordering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What somebody wants at once.
///
/// @param lines as a request has them
/// @param units of all lines together
public record Basket(List<Map<String, Object>> lines, long units) {
  /// How many items there are to be ordered.
  public static final int ITEMS = 4;

  private static final int LINES_MAX = 3;
  private static final int UNITS_MAX = 2;

  public Basket {
    lines = List.copyOf(lines);
  }

  /// @param run names the items
  public static Basket draw(String run, SplittableRandom random) {
    int first = random.nextInt(ITEMS);
    List<Map<String, Object>> lines = new ArrayList<>();
    long units = 0;
    for (int i : IntStream.rangeClosed(0, random.nextInt(LINES_MAX)).toArray()) {
      int quantity = random.nextInt(1, UNITS_MAX + 1);
      units += quantity;
      lines.add(Map.of("sku", sku(run, (first + i) % ITEMS), "quantity", quantity));
    }
    return new Basket(lines, units);
  }

  /// The items of a run.
  public static List<String> skus(String run) {
    return IntStream.range(0, ITEMS).mapToObj(item -> sku(run, item)).toList();
  }

  private static String sku(String run, int item) {
    return run + "-" + item;
  }
}
