package io.holdfast.server.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Control;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GridPlanTest {
  private static final Duration BASE = Duration.ofSeconds(10);

  @Test
  void measuresEveryControlButTheBrokenOne() {
    assertEquals(Control.values().length - 1, GridPlan.sound().size());
    assertFalse(GridPlan.sound().contains(Control.UNPROTECTED));
    assertEquals(GridPlan.sound(), new BenchOptions(List.of(), BASE, 1, 1).controls());
  }

  @Test
  void coversContentionCallersAndMultiLineOrders() {
    List<Point> points = full(2).points();
    assertEquals(Set.of(1, 10, 100, 10_000), distinct(points, Point::items));
    assertEquals(Set.of(1, 4, 16, 64, 256, 1_000, 2_000), distinct(points, Point::callers));
    assertEquals(Set.of(0, 25, 50, 100), distinct(points, Point::multiLinePercent));
    assertEquals(points.size(), Set.copyOf(points).size());
  }

  @Test
  void asksForNoOrderOfMoreItemsThanThereAre() {
    for (Point point : full(2).points()) {
      assertTrue(point.items() >= point.lines(), point.toString());
    }
  }

  @Test
  void takesTenMinutesAtMostHoweverManyControlsThereAre() {
    for (int controls : List.of(1, 2, 6, 8)) {
      Duration expected = full(controls).expected();
      assertTrue(expected.compareTo(Duration.ofMinutes(10)) <= 0, controls + ": " + expected);
    }
  }

  @Test
  void measuresThePointsOfTheTableLonger() {
    GridPlan plan = full(2);
    assertEquals(BASE, plan.pace(Point.hot(64)).measured());
    assertEquals(BASE.dividedBy(4), plan.pace(Point.hot(16)).measured());
  }

  @Test
  void keepsToTheTableWhenItIsQuick() {
    GridPlan quick = new GridPlan(List.of(Control.COMBINED, Control.ROW_LOCK), false, BASE);
    assertEquals(6, quick.points().size());
    assertEquals(14, quick.measures());
  }

  @Test
  void measuresTheBrokenControlAloneAndWithoutARawLimit() {
    GridPlan broken = GridPlan.ofTheBroken(BASE);
    assertEquals(6, broken.measures());
    assertFalse(broken.points().stream().anyMatch(broken::hasRawLimit));
    List<Control> mixed = List.of(Control.COMBINED, Control.UNPROTECTED);
    assertThrows(IllegalArgumentException.class, () -> new GridPlan(mixed, true, BASE));
  }

  private static GridPlan full(int controls) {
    return new GridPlan(Collections.nCopies(controls, Control.COMBINED), true, BASE);
  }

  private static Set<Integer> distinct(List<Point> points, Function<Point, Integer> of) {
    return points.stream().map(of).collect(Collectors.toCollection(TreeSet::new));
  }
}
