package io.holdfast.proof.bench.report;

import io.holdfast.proof.bench.report.Curve.Point;
import io.holdfast.proof.bench.report.Curve.Series;
import io.holdfast.proof.bench.result.Measure;
import io.holdfast.proof.bench.result.Measures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What a reader sees in a curve, said in words that follow from its numbers.
final class Prose {
  /// A control that does less than this part of its best has collapsed.
  private static final double COLLAPSED = 0.5;

  /// Between this part and the whole, nothing is said to have changed.
  private static final double HELD = 0.85;

  private Prose() {}

  static List<String> of(Curve curve) {
    return switch (curve.file()) {
      case "throughput-callers" -> overCallers(curve);
      case "throughput-items" -> overItems(curve);
      case "p99-callers" -> p99(curve);
      default -> overShare(curve);
    };
  }

  private static List<String> overCallers(Curve curve) {
    List<String> sentences = new ArrayList<>();
    Series fastest = maxBy(curve, line -> best(line).y());
    sentences.add(
        "%s reaches the most: %s a second, with %s callers."
            .formatted(fastest.name(), number(best(fastest).y()), number(best(fastest).x())));
    for (Series line : curve.series()) {
      if (!line.equals(fastest)) {
        sentences.add(
            "%s reaches %s at most (%s callers), %s times less."
                .formatted(
                    line.name(),
                    number(best(line).y()),
                    number(best(line).x()),
                    number(best(fastest).y() / best(line).y())));
      }
      if (line.points().size() > 1) {
        sentences.add(afterItsBest(line));
      }
    }
    return sentences;
  }

  private static String afterItsBest(Series line) {
    Point last = line.points().getLast();
    if (last.equals(best(line))) {
      return line.name() + " does its best with the most callers.";
    }
    double kept = last.y() / best(line).y();
    String callers = number(last.x());
    if (kept < COLLAPSED) {
      return "%s collapses: with %s callers it does %s%% of its best."
          .formatted(line.name(), callers, number(100 * kept));
    }
    return kept < HELD
        ? "%s loses under the crowd: with %s callers it does %s%% of its best."
            .formatted(line.name(), callers, number(100 * kept))
        : "%s holds up to %s callers, at %s%% of its best."
            .formatted(line.name(), callers, number(100 * kept));
  }

  private static List<String> overItems(Curve curve) {
    return curve.series().stream()
        .filter(line -> line.points().size() > 1)
        .map(
            line -> {
              Point hot = line.points().getFirst();
              Point spread = line.points().getLast();
              return "%s does %s a second on %s and %s on %s: %s."
                  .formatted(
                      line.name(),
                      number(hot.y()),
                      items(hot.x()),
                      number(spread.y()),
                      items(spread.x()),
                      change(spread.y() / hot.y()));
            })
        .toList();
  }

  private static String change(double ratio) {
    if (ratio > 1 / HELD) {
      return "spreading the orders makes it %s times faster".formatted(number(ratio));
    }
    return ratio < HELD
        ? "spreading the orders makes it %s times slower".formatted(number(1 / ratio))
        : "how far the orders are spread hardly matters to it";
  }

  private static List<String> p99(Curve curve) {
    List<String> sentences = new ArrayList<>();
    for (Series line : curve.series()) {
      Point alone = line.points().getFirst();
      Point crowd = line.points().getLast();
      sentences.add(
          "With %s, the slowest 1 percent take %s ms for %s and %s ms for %s."
              .formatted(
                  line.name(),
                  number(alone.y()),
                  callers(alone.x()),
                  number(crowd.y()),
                  callers(crowd.x())));
    }
    return sentences;
  }

  private static List<String> overShare(Curve curve) {
    return curve.series().stream()
        .filter(line -> line.points().size() > 1)
        .map(
            line -> {
              Point single = line.points().getFirst();
              Point multi = line.points().getLast();
              return "With %s%% multi-line orders, %s does %s%% of what it does with %s%%."
                  .formatted(
                      number(multi.x()),
                      line.name(),
                      number(100 * multi.y() / single.y()),
                      number(single.x()));
            })
        .toList();
  }

  /// What the controls did again, and what they waited for, under all loads together.
  static List<String> retries(Measures measures) {
    List<String> sentences = new ArrayList<>();
    for (String control : measures.controls()) {
      List<Measure> all = measures.of(control, each -> each.retries() != null);
      long transactions = sum(all.stream().map(Measure::transactions).toList());
      if (transactions > 0) {
        long retries = sum(all.stream().map(Measure::retries).toList());
        long waits = sum(all.stream().map(Measure::lockWaits).toList());
        long failed = sum(all.stream().map(Measure::others).toList());
        sentences.add(
            "%s did %s of every 1,000 transactions again, %s of 1,000 waited for a lock, and it"
                    .formatted(
                        control,
                        number(1_000.0 * retries / transactions),
                        number(1_000.0 * waits / transactions))
                + " told %s callers that it was busy.".formatted(number((double) failed)));
      }
    }
    return sentences;
  }

  private static long sum(List<Long> values) {
    return values.stream().filter(Objects::nonNull).mapToLong(Long::longValue).sum();
  }

  private interface Height {
    double of(Series line);
  }

  private static Series maxBy(Curve curve, Height height) {
    return curve.series().stream().max(Comparator.comparingDouble(height::of)).orElseThrow();
  }

  private static Point best(Series line) {
    return line.points().stream().max(Comparator.comparingDouble(Point::y)).orElseThrow();
  }

  private static String items(double count) {
    return count == 1 ? "one item" : number(count) + " items";
  }

  private static String callers(double count) {
    return count == 1 ? "one caller" : number(count) + " callers";
  }

  static String number(double value) {
    String form = value >= 10 || value == Math.rint(value) ? "%,.0f" : "%.1f";
    return String.format(Locale.ROOT, value < 0.1 && value > 0 ? "%.2f" : form, value);
  }
}
