package io.holdfast.server.bench;

import io.holdfast.stock.Control;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which loads are measured, and how long each: the points of the table long, those that only make
/// a curve shorter, and all of them shorter still when there are so many controls that it would
/// take longer than the time there is.
record GridPlan(List<Control> controls, boolean isFull, Duration base) {
  static final int SPREAD_ITEMS = 10_000;

  private static final List<Integer> ITEMS = List.of(1, 10, 100, SPREAD_ITEMS);
  private static final List<Integer> CALLERS = List.of(1, 4, 16, 64, 256, 1_000, 2_000);
  private static final List<Integer> TABLE_ITEMS = List.of(1, SPREAD_ITEMS);
  private static final List<Integer> TABLE_CALLERS = List.of(1, 64, 1_000);
  private static final int MULTI_LINE_PERCENT = 50;

  /// The other shares of multi-line orders are measured under one load.
  private static final List<Integer> CURVE_PERCENTS = List.of(25, 100);

  private static final int CURVE_ITEMS = 100;
  private static final int CURVE_CALLERS = 64;

  /// A curve's point is measured for this part of the base.
  private static final int CURVE_PART = 4;

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final List<Integer> WARM_UP_CALLERS = List.of(64, 1);
  private static final List<Point> RAW_LIMITS = List.of(Point.hot(64), Point.hot(1_000));

  /// What a measure takes beside the measuring: opening, closing, and waiting for the last.
  private static final Duration AROUND = Duration.ofMillis(500);

  GridPlan {
    controls = List.copyOf(controls);
    if (controls.contains(Control.UNPROTECTED) && controls.size() > 1) {
      throw new IllegalArgumentException("unprotected is measured alone: it spoils the database");
    }
  }

  /// What the broken control does under the loads of the table.
  static GridPlan ofTheBroken(Duration base) {
    return new GridPlan(List.of(Control.UNPROTECTED), false, base);
  }

  /// Every control but the broken one, which needs a database that was prepared for it.
  static List<Control> sound() {
    return Arrays.stream(Control.values()).filter(c -> c != Control.UNPROTECTED).toList();
  }

  /// How long one measure takes.
  record Pace(Duration warmUp, Duration measured) {
    Duration total() {
      return warmUp.plus(measured).plus(AROUND);
    }
  }

  List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (int items : isFull ? ITEMS : TABLE_ITEMS) {
      for (int callers : isFull ? CALLERS : TABLE_CALLERS) {
        points.add(new Point(items, callers, 0));
      }
    }
    if (isFull) {
      for (int items : ITEMS.subList(1, ITEMS.size())) {
        for (int callers : TABLE_CALLERS) {
          points.add(new Point(items, callers, MULTI_LINE_PERCENT));
        }
      }
      for (int percent : CURVE_PERCENTS) {
        points.add(new Point(CURVE_ITEMS, CURVE_CALLERS, percent));
      }
    }
    return points;
  }

  boolean isOfTheBroken() {
    return controls.contains(Control.UNPROTECTED);
  }

  /// Whether a batch of all who call is measured without the engine, too.
  boolean hasRawLimit(Point point) {
    return !isOfTheBroken() && RAW_LIMITS.contains(point);
  }

  /// Nobody is measured on code that was not compiled yet: whoever came first would pay for it.
  List<Integer> warmUpCallers() {
    return WARM_UP_CALLERS;
  }

  Pace pace(Point point) {
    return pace(isOfTheTable(point), scale());
  }

  Pace tablePace() {
    return pace(true, scale());
  }

  int measures() {
    return points().size() * controls.size() + rawLimits();
  }

  Duration expected() {
    return expected(scale());
  }

  private int rawLimits() {
    return (int) points().stream().filter(this::hasRawLimit).count();
  }

  private static boolean isOfTheTable(Point point) {
    return point.multiLinePercent() == 0
        && TABLE_ITEMS.contains(point.items())
        && TABLE_CALLERS.contains(point.callers());
  }

  /// Quick keeps to what the ratios need; only a full grid can get too long.
  private double scale() {
    double around = expected(0).toNanos();
    double measuring = expected(1).toNanos() - around;
    return isFull ? Math.min(1, (LONGEST.toNanos() - around) / measuring) : 1;
  }

  private Pace pace(boolean isTable, double scale) {
    double nanos = base.toNanos() * scale / (isTable ? 1 : CURVE_PART);
    return new Pace(Duration.ofNanos(Math.round(nanos / 2)), Duration.ofNanos(Math.round(nanos)));
  }

  private Duration expected(double scale) {
    Duration all = Duration.ZERO;
    for (Point point : points()) {
      all = all.plus(pace(isOfTheTable(point), scale).total().multipliedBy(controls.size()));
    }
    Duration table = pace(true, scale).total();
    return all.plus(table.multipliedBy((long) WARM_UP_CALLERS.size() * controls.size()))
        .plus(table.multipliedBy(rawLimits()));
  }
}
