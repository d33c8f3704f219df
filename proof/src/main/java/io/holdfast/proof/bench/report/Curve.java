package io.holdfast.proof.bench.report;

import io.holdfast.proof.bench.result.Measure;
import io.holdfast.proof.bench.result.Measures;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What is drawn: for each control a line through its results, from the left to the right.
///
/// @param file the name of the pictures, without ending
/// @param xTitle with its unit, as the other
/// @param isXLogarithmic the other axis always is
record Curve(
    String file,
    String title,
    String xTitle,
    String yTitle,
    boolean isXLogarithmic,
    List<Series> series) {

  private static final int CALLERS = 64;
  private static final int SHARE_ITEMS = 100;
  private static final String THROUGHPUT = "reservations per second (logarithmic)";

  record Point(double x, double y) {}

  /// @param name the control's
  record Series(String name, List<Point> points) {}

  Curve {
    series = List.copyOf(series);
  }

  /// All that have at least two points in a line.
  static List<Curve> of(Measures measures) {
    return List.of(
            throughputOverCallers(measures),
            throughputOverItems(measures),
            p99OverCallers(measures),
            throughputOverShare(measures))
        .stream()
        .filter(curve -> curve.series.stream().anyMatch(line -> line.points.size() > 1))
        .toList();
  }

  static Curve throughputOverCallers(Measures measures) {
    return new Curve(
        "throughput-callers",
        "One hot item: throughput over callers",
        "callers who wait at the same time (logarithmic)",
        THROUGHPUT,
        true,
        lines(measures, Curve::isHot, Measure::callers, Measure::perSecond));
  }

  static Curve throughputOverItems(Measures measures) {
    return new Curve(
        "throughput-items",
        "64 callers: throughput over items",
        "items that the orders are spread over (logarithmic)",
        THROUGHPUT,
        true,
        lines(
            measures,
            each -> each.callers() == CALLERS && each.multiLinePercent() == 0,
            Measure::items,
            Measure::perSecond));
  }

  static Curve p99OverCallers(Measures measures) {
    return new Curve(
        "p99-callers",
        "One hot item: the slowest 1 percent over callers",
        "callers who wait at the same time (logarithmic)",
        "p99 of the answers in ms (logarithmic)",
        true,
        lines(measures, Curve::isHot, Measure::callers, Measure::p99Millis));
  }

  static Curve throughputOverShare(Measures measures) {
    return new Curve(
        "throughput-multi-line",
        "100 items, 64 callers: throughput over multi-line orders",
        "orders with 2 to 5 lines, in percent",
        THROUGHPUT,
        false,
        lines(
            measures,
            each -> each.callers() == CALLERS && each.items() == SHARE_ITEMS,
            Measure::multiLinePercent,
            Measure::perSecond));
  }

  private static boolean isHot(Measure each) {
    return each.items() == 1 && each.multiLinePercent() == 0;
  }

  private static List<Series> lines(
      Measures measures,
      Predicate<Measure> under,
      ToDoubleFunction<Measure> x,
      Function<Measure, @Nullable Double> y) {
    return measures.controls().stream()
        .map(control -> new Series(control, points(measures.of(control, under), x, y)))
        .filter(line -> !line.points.isEmpty())
        .toList();
  }

  private static List<Point> points(
      List<Measure> measures, ToDoubleFunction<Measure> x, Function<Measure, @Nullable Double> y) {
    return measures.stream()
        .filter(each -> y.apply(each) != null)
        .map(each -> new Point(x.applyAsDouble(each), Objects.requireNonNull(y.apply(each))))
        // Nothing has no place on a logarithmic axis.
        .filter(point -> point.y > 0)
        .sorted(java.util.Comparator.comparingDouble(Point::x))
        .toList();
  }
}
