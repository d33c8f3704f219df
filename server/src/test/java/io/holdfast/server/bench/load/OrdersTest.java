package io.holdfast.server.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Line;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private static final List<String> SKUS = List.of("A", "B", "C", "D", "E", "F");

  @Test
  void asksForOneUnitOfOneItemUnlessToldOtherwise() {
    assertTrue(orders(0).allMatch(lines -> lines.size() == 1));
  }

  @Test
  void givesTheShareOfMultiLineOrdersTwoToFiveDistinctItems() {
    List<List<Line>> orders = orders(50).toList();
    List<List<Line>> multi = orders.stream().filter(lines -> lines.size() > 1).toList();
    assertEquals(0.5, (double) multi.size() / orders.size(), 0.05);
    assertEquals(List.of(2, 3, 4, 5), multi.stream().map(List::size).distinct().sorted().toList());
    assertTrue(
        multi.stream()
            .allMatch(lines -> lines.stream().map(Line::sku).distinct().count() == lines.size()));
  }

  @Test
  void refusesMultiLineOrdersOfTooFewItems() {
    assertThrows(IllegalArgumentException.class, () -> new Orders(List.of("A"), 50));
  }

  private static Stream<List<Line>> orders(int multiLinePercent) {
    Orders orders = new Orders(SKUS, multiLinePercent);
    SplittableRandom random = new SplittableRandom(1);
    return IntStream.range(0, 4_000).mapToObj(_ -> orders.next(random));
  }
}
