package io.holdfast.proof.fault;

import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.node.Node;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// kill -9 of a node at a moment, and its restart some time later.
public final class NodeKill {

  private static final long RESTART_SECONDS_MAX = 120;

  private final CompletableFuture<Integer> kills = new CompletableFuture<>();

  private NodeKill() {}

  public static NodeKill at(long killNanos, long downMillis, Node node) {
    NodeKill kill = new NodeKill();
    Thread.ofVirtual().start(() -> kill.carryOut(killNanos, downMillis, node));
    return kill;
  }

  /// How often it was killed, once it runs again.
  public int kills() throws Exception {
    return kills.get(RESTART_SECONDS_MAX, TimeUnit.SECONDS);
  }

  private void carryOut(long killNanos, long downMillis, Node node) {
    try {
      Ticker.pauseUntil(killNanos);
      node.kill();
      Ticker.pauseMillis(downMillis);
      node.restart();
      kills.complete(1);
    } catch (Exception failed) {
      kills.completeExceptionally(failed);
    }
  }
}
