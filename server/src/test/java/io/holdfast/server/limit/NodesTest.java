package io.holdfast.server.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nodes that lease from one bucket, step by step in a time of their own, so that an answer may
/// come late, never, or between any two requests.
class NodesTest {
  private static final long MICRO_NANOS = 1_000;
  private static final long MILLI_NANOS = 1_000_000;
  private static final long SECOND_NANOS = 1_000 * MILLI_NANOS;

  /// What nodes admitted, and when.
  private static final class World {
    final Rate rate;
    final TokenBucket bucket;
    final List<SimulatedNode> nodes = new ArrayList<>();
    final List<Long> admitted = new ArrayList<>();
    long nowNanos = 5 * SECOND_NANOS;

    World(Rate rate, int count) {
      this.rate = rate;
      this.bucket = new TokenBucket(rate, rate.burstMicroTokens(), nowNanos / MICRO_NANOS);
      for (int i = 0; i < count; i++) {
        nodes.add(new SimulatedNode(this));
      }
    }

    boolean request(int node) {
      boolean isAdmitted = nodes.get(node).request();
      if (isAdmitted) {
        admitted.add(nowNanos);
      }
      return isAdmitted;
    }

    /// The most that was admitted in any window beyond what the rate gives for its length.
    double mostBeyondTheRate() {
      double most = 0;
      double lowest = Double.MAX_VALUE;
      for (int i = 0; i < admitted.size(); i++) {
        double level = i - rate.perSecond() * (double) admitted.get(i) / SECOND_NANOS;
        lowest = Math.min(lowest, level);
        most = Math.max(most, level - lowest + 1);
      }
      return most;
    }
  }

  private static final class SimulatedNode {
    final World world;
    Allowance allowance;
    Optional<Ask> out = Optional.empty();

    SimulatedNode(World world) {
      this.world = world;
      this.allowance = fresh();
    }

    private Allowance fresh() {
      return new Allowance(new Bucket(1, "someone"), world.rate, world.nowNanos);
    }

    boolean request() {
      boolean isTaken = allowance.tryTake(world.nowNanos);
      if (allowance.shouldAsk(world.nowNanos)) {
        out = Optional.of(allowance.ask(world.nowNanos));
      }
      return isTaken;
    }

    void answer() {
      if (out.isPresent()) {
        Ask ask = out.get();
        out = Optional.empty();
        long nowMicros = world.nowNanos / MICRO_NANOS;
        ask.allowance()
            .settle(ask, world.bucket.lease(ask.charge(), ask.wish(), nowMicros), world.nowNanos);
      }
    }

    void tidy() {
      if (out.isEmpty()) {
        out = allowance.settleUp(world.nowNanos);
        if (out.isEmpty() && allowance.canBeForgotten(world.nowNanos)) {
          allowance = fresh();
        }
      }
    }

    /// Dies with what it holds, and starts anew.
    void restart() {
      out = Optional.empty();
      allowance = fresh();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1, 3", "2, 4", "2, 5", "3, 6", "3, 7", "5, 8", "5, 9", "8, 10"})
  void neverAdmitMoreThanTheStatedBound(int nodes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 60; run++) {
      Rate rate = new Rate(random.nextLong(1, 400), random.nextLong(1, 200));
      World world = new World(rate, nodes);
      long stepNanos = random.nextLong(1, 20) * MILLI_NANOS;
      int answersPercent = random.nextInt(5, 100);
      int asking = random.nextInt(1, 30);
      for (int step = 0; step < 3_000; step++) {
        world.nowNanos += random.nextLong(stepNanos);
        if (random.nextInt(300) == 0) {
          world.nowNanos += random.nextLong(5 * SECOND_NANOS);
          asking = random.nextInt(1, 30);
        }
        for (int i = 0; i < asking; i++) {
          world.request(random.nextInt(nodes));
        }
        for (SimulatedNode node : world.nodes) {
          if (random.nextInt(100) < answersPercent) {
            node.answer();
          }
          node.tidy();
        }
      }
      double bound = RateBound.beyondTheRate(rate, nodes);
      double most = world.mostBeyondTheRate();
      assertTrue(most <= bound, "seed %d: %f > %f of %s".formatted(seed, most, bound, rate));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void admitTheWholeRateAndNotMuchMoreUnderAFlood(int nodes) {
    Rate rate = new Rate(200, 400);
    World world = new World(rate, nodes);
    long start = world.nowNanos;
    while (world.nowNanos - start < 60 * SECOND_NANOS) {
      world.nowNanos += MILLI_NANOS;
      for (int node = 0; node < nodes; node++) {
        world.request(node);
        if (world.nowNanos / MILLI_NANOS % 2 == 0) {
          world.nodes.get(node).answer();
        }
      }
    }
    double expected = 60.0 * rate.perSecond() + rate.burst();
    assertEquals(expected, world.admitted.size(), 0.02 * expected);
  }

  @Test
  void aBurstThatIsThereIsNotRefusedBeforeTheFirstAnswer() {
    World world = new World(new Rate(1, 50), 1);
    for (int i = 0; i < 50; i++) {
      assertTrue(world.request(0), "request " + i);
    }
    assertEquals(false, world.request(0));
    world.nodes.getFirst().answer();
    assertEquals(false, world.request(0));
  }

  @Test
  void whoeverStaysBelowTheRateIsNeverRefused() {
    World world = new World(new Rate(10, 20), 3);
    SplittableRandom random = new SplittableRandom(7);
    for (int request = 0; request < 5_000; request++) {
      world.nowNanos += 120 * MILLI_NANOS;
      assertTrue(world.request(random.nextInt(3)), "request " + request);
      world.nodes.forEach(SimulatedNode::answer);
      world.nodes.forEach(SimulatedNode::tidy);
      world.nodes.forEach(SimulatedNode::answer);
    }
  }

  @Test
  void whatADeadNodeHeldIsFilledAgainByTheRate() {
    World world = new World(new Rate(100, 40), 2);
    world.request(0);
    world.nodes.getFirst().answer();
    world.nodes.getFirst().restart();
    // A quarter of the burst at most was lost, which is a tenth of a second here.
    world.nowNanos += SECOND_NANOS / 10;
    // All but the one that was spent.
    for (int i = 0; i < 39; i++) {
      assertTrue(world.request(1), "request " + i);
      world.nodes.get(1).answer();
    }
  }
}
