package io.holdfast.proof.bench;

import io.holdfast.proof.bench.result.Measure;
import io.holdfast.proof.node.Node;
import io.holdfast.proof.prove.Desk;
import io.holdfast.proof.prove.Target;
import io.holdfast.proof.shop.Interface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What a shop's customers feel of another shop's flood on the same node: the shop alone and beside
/// the flood, by turns, so that both ways have the machine at its best and at its worst.
final class FloodMeasures {

  /// Connections of the flood, each of which asks again as soon as it has its answer, whatever the
  /// answer says.
  static final int FLOODING = 1_000;

  private static final int NEIGHBOURS = 32;
  private static final int OFFERED_PER_SECOND = 500;
  private static final List<Integer> TURNS = List.of(0, FLOODING, FLOODING, 0, 0, FLOODING);
  private static final String FLOODED = "warehouse";
  private static final String NEIGHBOUR = "sweet-shop";
  private static final int HEAD_START_MILLIS = 1_500;

  private final String control;
  private final Node node;
  private final Pace pace;
  private final List<String> loadCommand;
  private final Consumer<Measure> witness;

  FloodMeasures(
      String control, Node node, Pace pace, List<String> loadCommand, Consumer<Measure> witness) {
    this.control = control;
    this.node = node;
    this.pace = pace;
    this.loadCommand = List.copyOf(loadCommand);
    this.witness = witness;
  }

  /// How many measures there are: the flood has a line of its own.
  static int count() {
    return TURNS.size() + (int) TURNS.stream().filter(flooding -> flooding > 0).count();
  }

  static long millis(Pace pace) {
    return pace.nodeWarmUpMillis()
        + TURNS.size() * (long) (HEAD_START_MILLIS + pace.warmUpMillis() + pace.measuredMillis());
  }

  void run() throws IOException {
    List<String> flooded;
    List<String> neighbours;
    try (Desk warehouse = desk(FLOODED);
        Desk shop = desk(NEIGHBOUR)) {
      flooded = BenchStock.spread(warehouse);
      neighbours = BenchStock.hot(shop);
    }
    warmUp(FLOODED, flooded, pace.nodeWarmUpMillis() / 2);
    warmUp(NEIGHBOUR, neighbours, pace.nodeWarmUpMillis() / 2);
    for (int flooding : TURNS) {
      LoadJob shop =
          job(NEIGHBOUR, neighbours, NEIGHBOURS, OFFERED_PER_SECOND, pace.warmUpMillis());
      if (flooding == 0) {
        tell(Measure.NEIGHBOUR, shop, LoadProcess.run(loadCommand, shop, () -> {}), 0);
      } else {
        besideFlood(flooding, flooded, shop);
      }
    }
  }

  /// The flood is there before the shop is measured, and as long.
  private void besideFlood(int flooding, List<String> flooded, LoadJob shop) throws IOException {
    LoadJob flood = job(FLOODED, flooded, flooding, 0, HEAD_START_MILLIS + pace.warmUpMillis());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<LoadResult> under =
          CompletableFuture.supplyAsync(() -> loaded(flood), threads);
      CompletableFuture<LoadResult> felt =
          CompletableFuture.supplyAsync(
              () -> loaded(shop),
              CompletableFuture.delayedExecutor(HEAD_START_MILLIS, TimeUnit.MILLISECONDS, threads));
      tell(Measure.NEIGHBOUR, shop, felt.join(), flooding);
      tell(Measure.FLOOD, flood, under.join(), flooding);
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw e;
    }
  }

  private LoadResult loaded(LoadJob job) {
    try {
      return LoadProcess.run(loadCommand, job, () -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(String measure, LoadJob job, LoadResult result, int flooding) {
    Map<String, Object> members = HttpMeasures.members(measure, control, job, result);
    members.put("flooding", flooding);
    if (job.offeredPerSecond() > 0) {
      members.put("offered_per_second", job.offeredPerSecond());
    }
    witness.accept(Measure.of(members));
  }

  private Desk desk(String tenant) throws IOException {
    return new Desk(new Target(Interface.V1, node.key(tenant), List.of(node.url())));
  }

  private void warmUp(String tenant, List<String> skus, int millis) throws IOException {
    LoadJob job =
        new LoadJob(List.of(node.url()), node.key(tenant), skus, 0, NEIGHBOURS, 0, millis, 1);
    LoadProcess.run(loadCommand, job, () -> {});
  }

  private LoadJob job(
      String tenant, List<String> skus, int connections, int perSecond, int warmUpMillis)
      throws IOException {
    return new LoadJob(
        List.of(node.url()),
        node.key(tenant),
        skus,
        0,
        connections,
        perSecond,
        warmUpMillis,
        pace.measuredMillis());
  }
}
