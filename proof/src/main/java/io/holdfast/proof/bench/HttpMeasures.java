package io.holdfast.proof.bench;

import io.holdfast.proof.bench.result.Measure;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Node;
import io.holdfast.proof.prove.Desk;
import io.holdfast.proof.prove.Target;
import io.holdfast.proof.shop.Interface;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One node under load over HTTP, and two together.
final class HttpMeasures {

  private static final List<Integer> CONNECTIONS = List.of(64, 256);
  private static final List<Integer> TURNS = List.of(1, 2, 2, 1, 1, 2);
  private static final String TENANT = "warehouse";

  /// Items of an order, where there are as many.
  private static final int ORDER_LINES = 3;

  private final String control;
  private final Fleet fleet;
  private final Node node;
  private final Pace pace;
  private final List<String> loadCommand;
  private final Consumer<Measure> witness;

  HttpMeasures(
      String control, Fleet fleet, Pace pace, List<String> loadCommand, Consumer<Measure> witness) {
    this.control = control;
    this.fleet = fleet;
    this.node = fleet.nodes().getFirst();
    this.pace = pace;
    this.loadCommand = List.copyOf(loadCommand);
    this.witness = witness;
  }

  /// How many measures so many controls give.
  static int count(int controls, boolean isQuick) {
    return CONNECTIONS.size() * (2 * controls + 1) + (isQuick ? 0 : TURNS.size());
  }

  /// @param withRoute whether the route without database is measured too
  void run(boolean withRoute) throws IOException {
    String key = node.key(TENANT);
    Stock stock = stock(key);
    warmUp(node, key, stock.spread(), 0);
    for (int connections : CONNECTIONS) {
      if (withRoute) {
        measure(Measure.ROUTE, key, List.of(), connections);
      }
      measure(Measure.HTTP, key, stock.spread(), connections);
      measure(Measure.HTTP, key, stock.hot(), connections);
    }
  }

  /// How many measures of orders so many controls give.
  static int countOfOrders(int controls) {
    return 2 * controls;
  }

  /// Orders of one item that is hot, and of several that are not.
  void runOrders() throws IOException {
    String key = node.key(TENANT);
    Stock stock = stock(key);
    warmUp(node, key, stock.spread(), ORDER_LINES);
    for (List<String> skus : List.of(stock.spread(), stock.hot())) {
      int lines = Math.min(ORDER_LINES, skus.size());
      measure(Measure.HTTP_ORDERS, job(List.of(node.url()), key, skus, lines, most()));
    }
  }

  /// Items of which one is wanted by everybody, and many that are not.
  private record Stock(List<String> hot, List<String> spread) {}

  private Stock stock(String key) throws IOException {
    try (Desk desk = new Desk(new Target(Interface.V1, key, List.of(node.url())))) {
      return new Stock(BenchStock.hot(desk), BenchStock.spread(desk));
    }
  }

  private static int most() {
    return CONNECTIONS.getLast();
  }

  /// The hot item again, with all connections to one node and with half of them to each of two, by
  /// turns: both ways have the machine at its best and at its worst.
  void runByTurns() throws IOException {
    String key = node.key(TENANT);
    List<String> hot = List.of(BenchStock.HOT_SKU);
    List<Node> nodes = fleet.nodes();
    for (Node other : nodes.subList(1, nodes.size())) {
      warmUp(other, key, hot, 0);
    }
    for (int count : TURNS) {
      List<String> urls = nodes.stream().limit(count).map(Node::url).toList();
      LoadJob job = job(urls, key, hot, 0, most());
      LoadResult result = LoadProcess.run(loadCommand, job, () -> {});
      witness.accept(Measure.of(members(Measure.NODES, control, job, result)));
    }
  }

  private void warmUp(Node cold, String key, List<String> skus, int orderLines) throws IOException {
    LoadProcess.run(
        loadCommand,
        new LoadJob(
            List.of(cold.url()), key, skus, orderLines, most(), 0, pace.nodeWarmUpMillis(), 1),
        () -> {});
  }

  private LoadJob job(
      List<String> urls, String key, List<String> skus, int orderLines, int connections) {
    return new LoadJob(
        urls, key, skus, orderLines, connections, 0, pace.warmUpMillis(), pace.measuredMillis());
  }

  private void measure(String measure, String key, List<String> skus, int connections)
      throws IOException {
    measure(measure, job(List.of(node.url()), key, skus, 0, connections));
  }

  private void measure(String measure, LoadJob job) throws IOException {
    Meter meter = new Meter(node.pid());
    LoadResult result = LoadProcess.run(loadCommand, job, meter::start);
    Map<String, Object> members = members(measure, control, job, result);
    members.put("cpu_percent", rounded(meter.cpuPercent(), 1));
    meter.residentMib().ifPresent(mib -> members.put("resident_mib", mib));
    witness.accept(Measure.of(members));
  }

  static Map<String, Object> members(
      String measure, String control, LoadJob job, LoadResult result) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("measure", measure);
    members.put("control", measure.equals(Measure.ROUTE) ? "none" : control);
    members.put("items", job.skus().size());
    members.put("callers", job.connections());
    members.put("lines", job.skus().isEmpty() ? 0 : Math.max(1, job.orderLines()));
    members.put("nodes", job.urls().size());
    members.put("per_second", rounded(result.perSecond(), 1));
    members.put("p50_ms", rounded(result.p50Millis(), 1_000));
    members.put("p99_ms", rounded(result.p99Millis(), 1_000));
    members.put("load_cpu_percent", rounded(result.cpuPercent(), 1));
    members.put("others", result.others());
    return members;
  }

  private static double rounded(double value, int parts) {
    return (double) Math.round(value * parts) / parts;
  }
}
