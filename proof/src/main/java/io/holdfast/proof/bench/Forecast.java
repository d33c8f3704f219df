package io.holdfast.proof.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How long the whole takes, said before it begins.
record Forecast(List<Entry> entries) {
  private static final int FLEET_SECONDS = 5;

  /// @param measures how many lines it gives
  record Entry(Part part, int measures, long seconds) {}

  Forecast {
    entries = List.copyOf(entries);
  }

  /// @param engine what the server says of its parts
  static Forecast of(Scope scope, List<Entry> engine) {
    return new Forecast(
        scope.parts().stream()
            .map(
                part ->
                    switch (part) {
                      case HTTP -> http(scope);
                      case HTTP_ORDERS -> httpOrders(scope);
                      case FLOOD -> flood(scope);
                      case TABLE,
                          GRID,
                          UNPROTECTED,
                          PLAIN_JDBC,
                          HALF_LOAD,
                          STORED,
                          EXPIRY,
                          ORDERS ->
                          ofEngine(part, engine);
                    })
            .toList());
  }

  private static Entry ofEngine(Part part, List<Entry> engine) {
    Entry own = engine.stream().filter(entry -> entry.part() == part).findFirst().orElseThrow();
    return new Entry(part, own.measures(), own.seconds() + FLEET_SECONDS);
  }

  private static Entry httpOrders(Scope scope) {
    Pace pace = scope.pace();
    int controls = scope.httpControls().size();
    int measures = HttpMeasures.countOfOrders(controls);
    long each = pace.warmUpMillis() + pace.measuredMillis() + 500L;
    long warmUps = (long) controls * pace.nodeWarmUpMillis();
    long seconds = (measures * each + warmUps) / 1_000 + 2L * FLEET_SECONDS * controls;
    return new Entry(Part.HTTP_ORDERS, measures, seconds);
  }

  private static Entry http(Scope scope) {
    Pace pace = scope.pace();
    int controls = scope.httpControls().size();
    int measures = HttpMeasures.count(controls, pace.isQuick());
    long each = pace.warmUpMillis() + pace.measuredMillis() + 500L;
    long warmUps = (long) (controls + (pace.isQuick() ? 0 : 1)) * pace.nodeWarmUpMillis();
    long seconds = (measures * each + warmUps) / 1_000 + 2L * FLEET_SECONDS * controls;
    return new Entry(Part.HTTP, measures, seconds);
  }

  private static Entry flood(Scope scope) {
    long seconds = FloodMeasures.millis(scope.pace()) / 1_000 + 2L * FLEET_SECONDS;
    return new Entry(Part.FLOOD, FloodMeasures.count(), seconds);
  }

  int measures() {
    return entries.stream().mapToInt(Entry::measures).sum();
  }

  long seconds() {
    return entries.stream().mapToLong(Entry::seconds).sum();
  }

  @Override
  public String toString() {
    return "%,d measures, about %s: %s"
        .formatted(
            measures(),
            minutes(seconds()),
            entries.stream()
                .map(each -> each.part().word() + " " + minutes(each.seconds()))
                .collect(Collectors.joining(", ")));
  }

  static String minutes(long seconds) {
    return seconds < 100
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d min", Math.round(seconds / 60.0));
  }
}
