package io.holdfast.proof.bench.result;

import io.holdfast.proof.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The ratios that the bench is run for.
public final class Findings {
  private static final Set<String> OVER_HTTP =
      Set.of(Measure.HTTP, Measure.HTTP_ORDERS, Measure.NODES);
  private static final Set<Integer> TABLE_ITEMS = Set.of(1, 10_000);
  private static final Set<Integer> TABLE_CALLERS = Set.of(1, 64, 1_000);

  private final Measures measures;
  private final List<Finding> findings = new ArrayList<>();

  private Findings(Measures measures) {
    this.measures = measures;
  }

  public static List<Finding> of(Measures measures) {
    Findings all = new Findings(measures);
    all.besideTheBase();
    all.ofRaw();
    all.besidePlainJdbc();
    all.twoNodes();
    all.halfLoad();
    all.stored();
    all.expiry();
    all.orders();
    all.httpOrders();
    all.flood();
    return List.copyOf(all.findings);
  }

  public static String table(List<Finding> findings) {
    Table table = new Table("finding", "under", "value");
    findings.forEach(each -> table.add(List.of(each.finding(), each.under(), each.shown())));
    return table.toString();
  }

  private void besideTheBase() {
    for (Measure each : measures.all()) {
      boolean isCompared =
          each.measure().equals(Measure.HTTP)
              || (each.measure().equals(Measure.IN_PROCESS) && isOfTheTable(each));
      if (isCompared && each.control().equals(Measures.OURS)) {
        measures
            .beside(each, Measures.BASE)
            .ifPresent(base -> add(each.control() + " / " + Measures.BASE, load(each), each, base));
      }
    }
  }

  private void httpOrders() {
    measures
        .of(Measure.HTTP_ORDERS)
        .filter(each -> each.control().equals(Measures.OURS))
        .forEach(
            each ->
                measures
                    .beside(each, Measures.BASE)
                    .ifPresent(
                        base ->
                            add(
                                "orders, %s / %s".formatted(Measures.OURS, Measures.BASE),
                                load(each),
                                each,
                                base)));
  }

  private static boolean isOfTheTable(Measure each) {
    return each.multiLinePercent() == 0
        && TABLE_ITEMS.contains(each.items())
        && TABLE_CALLERS.contains(each.callers());
  }

  private void ofRaw() {
    Map<Integer, Measure> raw =
        measures
            .of(Measure.RAW)
            .collect(Collectors.toMap(Measure::callers, each -> each, (first, _) -> first));
    for (Measure each :
        measures.of(Measures.OURS, m -> m.items() == 1 && raw.containsKey(m.callers()))) {
      Measure limit = Objects.requireNonNull(raw.get(each.callers()));
      add(each.control() + " / raw limit", load(each), each, limit);
    }
  }

  private void besidePlainJdbc() {
    measures
        .of(Measure.PLAIN_JDBC)
        .filter(each -> each.control().equals(Measures.BASE))
        .forEach(
            each ->
                measures
                    .beside(each, Measure.PLAIN_JDBC)
                    .ifPresent(
                        plain -> add(Measures.BASE + " / plain JDBC", load(each), each, plain)));
  }

  private void twoNodes() {
    double one = ofNodes(1).mapToDouble(Measure::perSecond).average().orElse(0);
    double two = ofNodes(2).mapToDouble(Measure::perSecond).average().orElse(0);
    if (one > 0 && two > 0) {
      Measure any = ofNodes(2).findFirst().orElseThrow();
      findings.add(
          new Finding("two nodes / one, " + any.control(), load(any), two / one, Finding.RATIO));
    }
  }

  private Stream<Measure> ofNodes(int count) {
    return measures.of(Measure.NODES).filter(each -> each.nodes() == count);
  }

  private void halfLoad() {
    first(Measure.HALF_LOAD, _ -> true)
        .filter(half -> half.p99Millis() != null)
        .ifPresent(
            half ->
                findings.add(
                    new Finding(
                        "p99 at half of the maximum, " + half.control(),
                        load(half),
                        Objects.requireNonNull(half.p99Millis()),
                        "ms")));
  }

  private void stored() {
    measures
        .of(Measure.STORED)
        .filter(each -> each.stored() != null && each.stored() > 0)
        .forEach(
            full ->
                first(
                        Measure.STORED,
                        empty ->
                            empty.control().equals(full.control())
                                && Long.valueOf(0).equals(empty.stored()))
                    .ifPresent(
                        empty ->
                            // What one costs is the time, so the ratio is turned round.
                            add(
                                "cost with %,d stored / none, %s"
                                    .formatted(full.stored(), full.control()),
                                load(full),
                                empty,
                                full)));
  }

  private void expiry() {
    first(Measure.EXPIRY, _ -> true)
        .ifPresent(
            returned ->
                findings.add(
                    new Finding(
                        "returned of %,d expired at once".formatted(returned.expiring()),
                        "with buyers meanwhile",
                        returned.perSecond(),
                        "per second")));
    Predicate<Measure> isUndisturbed = each -> Long.valueOf(0).equals(each.expiring());
    Optional<Double> before = first(Measure.EXPIRY_BUYERS, isUndisturbed).map(Measure::p99Millis);
    Optional<Double> during =
        first(Measure.EXPIRY_BUYERS, isUndisturbed.negate()).map(Measure::p99Millis);
    if (before.isPresent() && during.isPresent()) {
      findings.add(
          new Finding(
              "buyers' p99 during the expiry / without",
              String.format(Locale.ROOT, "%.1f ms without", before.get()),
              during.get() / before.get(),
              Finding.RATIO));
    }
  }

  /// Of each load as often as it was measured: the mean.
  private void orders() {
    measures
        .of(Measure.ORDERS)
        .map(Measure::items)
        .distinct()
        .forEach(
            items -> {
              OptionalDouble numbered = placed(items, Measures.OURS, "gapless");
              addOrders(
                  "orders with gapless numbers / without",
                  items,
                  numbered,
                  placed(items, Measures.OURS, "none"));
              addOrders(
                  "orders, %s / %s".formatted(Measures.OURS, Measures.BASE),
                  items,
                  numbered,
                  placed(items, Measures.BASE, "gapless"));
            });
  }

  private void addOrders(
      String finding, int items, OptionalDouble numerator, OptionalDouble denominator) {
    if (numerator.isPresent() && denominator.isPresent() && denominator.getAsDouble() > 0) {
      Measure any = first(Measure.ORDERS, each -> each.items() == items).orElseThrow();
      double value = numerator.getAsDouble() / denominator.getAsDouble();
      findings.add(new Finding(finding, load(any), value, Finding.RATIO));
    }
  }

  private OptionalDouble placed(int items, String control, String numbers) {
    return measures
        .of(Measure.ORDERS)
        .filter(each -> each.items() == items && each.control().equals(control))
        .filter(each -> numbers.equals(each.numbers()))
        .mapToDouble(Measure::perSecond)
        .average();
  }

  private void flood() {
    List<Double> alone = p99OfNeighbours(flooding -> flooding == 0);
    List<Double> beside = p99OfNeighbours(flooding -> flooding > 0);
    if (!alone.isEmpty() && !beside.isEmpty()) {
      findings.add(
          new Finding(
              "a shop's p99 beside another's flood / alone",
              String.format(Locale.ROOT, "%.1f ms alone, of each the median", median(alone)),
              median(beside) / median(alone),
              Finding.RATIO));
    }
  }

  private List<Double> p99OfNeighbours(LongPredicate flooding) {
    return measures
        .of(Measure.NEIGHBOUR)
        .filter(each -> flooding.test(Objects.requireNonNullElse(each.flooding(), 0L)))
        .flatMap(each -> Stream.ofNullable(each.p99Millis()))
        .sorted()
        .toList();
  }

  private static double median(List<Double> sorted) {
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  private Optional<Measure> first(String measure, Predicate<Measure> which) {
    return measures.of(measure).filter(which).findFirst();
  }

  private void add(String finding, String under, Measure numerator, Measure denominator) {
    if (denominator.perSecond() > 0) {
      double value = numerator.perSecond() / denominator.perSecond();
      findings.add(new Finding(finding, under, value, Finding.RATIO));
    }
  }

  private static String load(Measure measure) {
    String where = OVER_HTTP.contains(measure.measure()) ? "HTTP" : "in process";
    String who =
        measure.callers() == 0
            ? "%,.0f a second by the clock"
                .formatted(Objects.requireNonNullElse(measure.offeredPerSecond(), 0.0))
            : counted(measure.callers(), "caller");
    return where + ", " + counted(measure.items(), "item") + ", " + who;
  }

  private static String counted(int count, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
  }
}
