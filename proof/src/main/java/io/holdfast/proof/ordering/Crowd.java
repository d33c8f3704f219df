package io.holdfast.proof.ordering;

import io.holdfast.proof.client.AtOnce;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.shop.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Buyers who place one order after the other, all at the same time. Whoever gets no definite
/// answer asks the other node, with the same key; and some ask again though they have one.
public final class Crowd {
  /// Units of each item, so few that the last buyers get none.
  public static final long SUPPLY = 350;

  private static final int BUYERS = 40;
  private static final int ORDERS = 15;
  private static final int PAUSE_MILLIS_MAX = 150;
  private static final int REPEATED_ONE_IN = 4;

  private final Nodes nodes;
  private final String run;
  private final long seed;
  private final Queue<Placing> placings = new ConcurrentLinkedQueue<>();

  /// @param run names items and keys
  public Crowd(Nodes nodes, String run, long seed) {
    this.nodes = nodes;
    this.run = run;
    this.seed = seed;
  }

  /// @param start when all begin
  public List<Placing> run(long start) throws Exception {
    AtOnce.run(BUYERS, start, buyer -> buy(buyer, new SplittableRandom(seed * BUYERS + buyer)));
    return List.copyOf(placings);
  }

  private void buy(int buyer, SplittableRandom random) {
    for (int order = 0; order < ORDERS; order++) {
      Ticker.pauseMillis(random.nextInt(PAUSE_MILLIS_MAX));
      String key = run + "-" + buyer + "-" + order;
      Basket wanted = Basket.draw(run, random);
      boolean isPlaced = place(buyer, key, wanted);
      if (isPlaced && random.nextInt(REPEATED_ONE_IN) == 0) {
        place(buyer, key, wanted);
      }
    }
  }

  private boolean place(int buyer, String key, Basket wanted) {
    String body = Json.write(Map.of("lines", wanted.lines()));
    List<Placing> tries =
        nodes.post(buyer, "/v1/orders", key, body).stream()
            .map(answer -> new Placing(buyer, key, wanted.units(), answer))
            .toList();
    placings.addAll(tries);
    return tries.getLast().isPlaced();
  }
}
