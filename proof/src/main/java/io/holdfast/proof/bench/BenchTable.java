package io.holdfast.proof.bench;

import io.holdfast.proof.report.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The results for people: each beside `row-lock` doing the same, and beside the raw limit.
final class BenchTable {

  private static final String BASE = "row-lock";

  private BenchTable() {}

  static String of(List<Measure> measures) {
    Table table =
        new Table(
            "measure",
            "control",
            "items",
            "callers",
            "per second",
            "p50 ms",
            "p99 ms",
            "x " + BASE,
            "of raw",
            "cpu",
            "load cpu",
            "MiB",
            "failed");
    for (Measure each : measures) {
      table.add(
          List.of(
              each.measure(),
              each.control(),
              each.items() == 0 ? "-" : "%,d".formatted(each.items()),
              "%,d".formatted(each.callers()),
              "%,.0f".formatted(each.perSecond()),
              number("%.2f", each.p50Millis()),
              number("%.2f", each.p99Millis()),
              ratio(each, measures),
              ofRaw(each, measures),
              number("%.0f%%", each.cpuPercent()),
              number("%.0f%%", each.loadCpuPercent()),
              each.residentMib() == null ? "-" : each.residentMib().toString(),
              each.others() == null ? "-" : each.others().toString()));
    }
    return table.toString();
  }

  private static String ratio(Measure measure, List<Measure> measures) {
    Optional<Measure> base =
        measures.stream()
            .filter(each -> each.control().equals(BASE) && each.isBeside(measure))
            .findFirst();
    return base.map(each -> format("%.1f", measure.perSecond() / each.perSecond())).orElse("-");
  }

  private static String ofRaw(Measure measure, List<Measure> measures) {
    if (!measure.measure().equals(Measure.IN_PROCESS)) {
      return "-";
    }
    return measures.stream()
        .filter(each -> each.measure().equals(Measure.RAW))
        .filter(each -> each.callers() == measure.callers())
        .findFirst()
        .map(raw -> format("%.0f%%", 100 * measure.perSecond() / raw.perSecond()))
        .orElse("-");
  }

  private static String number(String form, @Nullable Double value) {
    return value == null ? "-" : format(form, value);
  }

  private static String format(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }
}
