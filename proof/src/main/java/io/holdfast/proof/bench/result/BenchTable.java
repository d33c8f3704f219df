package io.holdfast.proof.bench.result;

import io.holdfast.proof.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The results for people: each beside `row-lock` doing the same, and beside the raw limit. A
/// column that says nothing of any result is left out.
public final class BenchTable {

  private static final String NOTHING = "-";

  private final Map<String, Function<Measure, String>> columns = new LinkedHashMap<>();
  private final Measures measures;

  private BenchTable(Measures measures) {
    this.measures = measures;
    columns.put("measure", Measure::measure);
    columns.put("control", Measure::control);
    columns.put("nodes", each -> each.nodes() == 1 ? NOTHING : Integer.toString(each.nodes()));
    columns.put("items", each -> each.items() == 0 ? NOTHING : count((long) each.items()));
    columns.put("callers", each -> each.callers() == 0 ? "by clock" : count((long) each.callers()));
    columns.put(
        "multi-line",
        each -> each.multiLinePercent() == 0 ? NOTHING : each.multiLinePercent() + "%");
    columns.put("stored", each -> count(each.stored()));
    columns.put("expiring", each -> count(each.expiring()));
    columns.put("flooding", each -> count(each.flooding()));
    columns.put("offered", each -> number("%,.0f", each.offeredPerSecond()));
    columns.put("per second", each -> number("%,.0f", each.perSecond()));
    columns.put("p50 ms", each -> number("%.2f", each.p50Millis()));
    columns.put("p99 ms", each -> number("%.2f", each.p99Millis()));
    columns.put("x " + Measures.BASE, this::ratio);
    columns.put("of raw", this::ofRaw);
    columns.put("retries", each -> count(each.retries()));
    columns.put("conflicts", each -> count(each.conflicts()));
    columns.put("deadlocks", each -> count(each.deadlocks()));
    columns.put("lock waits", each -> count(each.lockWaits()));
    columns.put("cpu", each -> number("%.0f%%", each.cpuPercent()));
    columns.put("load cpu", each -> number("%.0f%%", each.loadCpuPercent()));
    columns.put("MiB", each -> count(each.residentMib()));
    columns.put("failed", each -> count(each.others()));
  }

  public static String of(Measures measures) {
    List<List<String>> rows = rows(measures);
    Table table = new Table(rows.getFirst().toArray(String[]::new));
    rows.stream().skip(1).forEach(table::add);
    return table.toString();
  }

  /// The head first.
  public static List<List<String>> rows(Measures measures) {
    BenchTable table = new BenchTable(measures);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.copyOf(table.columns.keySet()));
    for (Measure each : measures.all()) {
      rows.add(table.columns.values().stream().map(column -> column.apply(each)).toList());
    }
    int[] said =
        IntStream.range(0, rows.getFirst().size())
            .filter(i -> rows.stream().skip(1).anyMatch(row -> !row.get(i).equals(NOTHING)))
            .toArray();
    return rows.stream().map(row -> IntStream.of(said).mapToObj(row::get).toList()).toList();
  }

  private String ratio(Measure measure) {
    return measures
        .beside(measure, Measures.BASE)
        .filter(base -> base.perSecond() > 0)
        .map(base -> number("%.1f", measure.perSecond() / base.perSecond()))
        .orElse(NOTHING);
  }

  private String ofRaw(Measure measure) {
    if (!measure.measure().equals(Measure.IN_PROCESS)) {
      return NOTHING;
    }
    return measures
        .of(Measure.RAW)
        .filter(raw -> raw.callers() == measure.callers())
        .findFirst()
        .map(raw -> number("%.0f%%", 100 * measure.perSecond() / raw.perSecond()))
        .orElse(NOTHING);
  }

  private static String count(@Nullable Long value) {
    return value == null ? NOTHING : String.format(Locale.ROOT, "%,d", value);
  }

  private static String number(String form, @Nullable Double value) {
    return value == null ? NOTHING : String.format(Locale.ROOT, form, value);
  }
}
