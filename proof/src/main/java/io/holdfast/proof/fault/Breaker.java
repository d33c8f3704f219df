package io.holdfast.proof.fault;

import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Node;
import io.holdfast.proof.proxy.DatabaseProxy;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.workload.Breakage;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Breaks one thing at a time, leaves it broken for a while, and mends it.
public final class Breaker {
  private static final int DOWN_MILLIS_MIN = 200;
  private static final int DOWN_MILLIS_MAX = 1_500;
  private static final int STILL_MILLIS_MIN = 1_000;
  private static final int STILL_MILLIS_MAX = 3_000;
  private static final int SLOW_MILLIS = 2_000;
  private static final int DELAY_MILLIS_MIN = 5;
  private static final int DELAY_MILLIS_MAX = 20;
  private static final int COMMITS_TO_CUT = 6;
  private static final int STEP_MILLIS = 20;
  private static final long MOST_MILLIS = 5_000;
  private static final long RESTART_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

  private static final String ANY_BACKEND =
      """
      SELECT pid FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND application_name <> 'holdfast-prove'
      ORDER BY random() LIMIT 1
      """;
  private static final String HOLD =
      """
      SELECT count(*) FROM (
          SELECT FROM holdfast.stock_levels WHERE sku = ANY (?)
          ORDER BY tenant_id, sku, location FOR UPDATE) held
      """;

  private final Fleet fleet;
  private final DatabaseProxy way;
  private final List<String> skus;
  private final RandomGenerator random;

  /// @param skus whose rows may be held
  public Breaker(Fleet fleet, List<String> skus, long seed) {
    this.fleet = fleet;
    this.way =
        fleet.way().orElseThrow(() -> new IllegalArgumentException("a fleet that can't be broken"));
    this.skus = List.copyOf(skus);
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// @return how often it had an effect
  public int carryOut(Breakage breakage) throws Exception {
    return switch (breakage) {
      case KILL_NODE -> killed(anyNode());
      case RESTART_NODES -> restarted();
      case PAUSE_NODE -> stood(anyNode().pid());
      case KILL_DATABASE -> killedDatabase();
      case KILL_BACKEND -> killedBackend();
      case PAUSE_DATABASE -> stood(fleet.databasePid());
      case KILL_BOTH -> {
        Node node = anyNode();
        node.kill();
        int killed = killedDatabase();
        node.restart();
        yield 1 + killed;
      }
      case CUT_CONNECTIONS -> way.cut();
      case CUT_AT_COMMIT -> cutCommits();
      case SLOW_DATABASE -> slowed();
      case HOLD_ROWS -> held();
    };
  }

  private Node anyNode() {
    List<Node> nodes = fleet.nodes();
    return nodes.get(random.nextInt(nodes.size()));
  }

  private int killed(Node node) throws Exception {
    node.kill();
    pause(DOWN_MILLIS_MIN, DOWN_MILLIS_MAX);
    node.restart();
    return 1;
  }

  private int restarted() throws Exception {
    List<Node> nodes = fleet.nodes();
    for (Node node : nodes) {
      node.stop();
      node.restart();
    }
    return nodes.size();
  }

  private int stood(long pid) throws Exception {
    Signals.send("STOP", pid);
    try {
      pause(STILL_MILLIS_MIN, STILL_MILLIS_MAX);
    } finally {
      Signals.send("CONT", pid);
    }
    return 1;
  }

  /// Its keeper starts it again.
  private int killedDatabase() throws Exception {
    long before = fleet.databasePid();
    Signals.send("KILL", before);
    awaitDatabase(before);
    return 1;
  }

  /// The others are ended by their parent then, which stays.
  private int killedBackend() throws Exception {
    OptionalLong backend = OptionalLong.empty();
    try (Connection superuser = database().connect();
        PreparedStatement find = superuser.prepareStatement(ANY_BACKEND);
        ResultSet row = find.executeQuery()) {
      if (row.next()) {
        backend = OptionalLong.of(row.getLong(1));
      }
    }
    if (backend.isEmpty()) {
      return 0;
    }
    Signals.send("KILL", backend.getAsLong());
    Ticker.pauseMillis(STEP_MILLIS);
    awaitDatabase(0);
    return 1;
  }

  /// @param before the process that is not it
  private void awaitDatabase(long before) throws IOException {
    long giveUp = System.nanoTime() + RESTART_NANOS_MAX;
    while (!isUp(before)) {
      if (System.nanoTime() > giveUp) {
        throw new IOException("PostgreSQL did not start again");
      }
      Ticker.pauseMillis(STEP_MILLIS);
    }
  }

  private boolean isUp(long before) {
    if (fleet.databasePid() == before || fleet.databasePid() == 0) {
      return false;
    }
    try (Connection _ = database().connect()) {
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private Database database() {
    return new Database(fleet.superuserUrl());
  }

  private int cutCommits() {
    int before = way.cutCommits();
    way.cutAtCommit(COMMITS_TO_CUT);
    long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
    while (way.cutCommits() < before + COMMITS_TO_CUT && System.nanoTime() < giveUp) {
      Ticker.pauseMillis(STEP_MILLIS);
    }
    way.cutAtCommit(0);
    return way.cutCommits() - before;
  }

  private int slowed() {
    way.slowBy(random.nextInt(DELAY_MILLIS_MIN, DELAY_MILLIS_MAX));
    try {
      Ticker.pauseMillis(SLOW_MILLIS);
    } finally {
      way.slowBy(0);
    }
    return 1;
  }

  private int held() throws SQLException {
    try (Connection foreign = database().connect()) {
      foreign.setAutoCommit(false);
      int held;
      try (PreparedStatement hold = foreign.prepareStatement(HOLD)) {
        hold.setArray(1, foreign.createArrayOf("text", skus.toArray()));
        try (ResultSet row = hold.executeQuery()) {
          row.next();
          held = row.getInt(1);
        }
      }
      pause(STILL_MILLIS_MIN, STILL_MILLIS_MAX);
      foreign.rollback();
      return held;
    }
  }

  private void pause(int leastMillis, int mostMillis) {
    Ticker.pauseMillis(random.nextInt(leastMillis, mostMillis));
  }
}
