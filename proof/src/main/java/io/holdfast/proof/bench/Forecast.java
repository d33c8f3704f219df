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
    int controls = scope.httpControls().size();
    return overHttp(Part.HTTP_ORDERS, scope, HttpMeasures.countOfOrders(controls), controls);
  }

  private static Entry http(Scope scope) {
    int controls = scope.httpControls().size();
    boolean isQuick = scope.pace().isQuick();
    return overHttp(
        Part.HTTP, scope, HttpMeasures.count(controls, isQuick), controls + (isQuick ? 0 : 1));
  }

  private static Entry overHttp(Part part, Scope scope, int measures, int warmUps) {
    Pace pace = scope.pace();
    long each = pace.warmUpMillis() + pace.measuredMillis() + 500L;
    long measuring = (measures * each + (long) warmUps * pace.nodeWarmUpMillis()) / 1_000;
    return new Entry(part, measures, measuring + 2L * FLEET_SECONDS * scope.httpControls().size());
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
