package io.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class CrashTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path temporary;

  private final List<Cluster> opened = new ArrayList<>();

  private Cluster open() {
    Cluster cluster = Cluster.open(temporary, ClusterSettings.throwaway());
    opened.add(cluster);
    return cluster;
  }

  @AfterEach
  void leaveNothingRunning() {
    opened.forEach(Cluster::stop);
    open().stop();
  }

  @Test
  void startsAKilledServerAgainOnTheSamePort() throws SQLException {
    try (Cluster cluster = open()) {
      Sql.run(cluster.ownerUrl(), "CREATE TABLE kept AS SELECT 7 AS number");
      for (int kill = 1; kill <= 2; kill++) {
        long before = cluster.pid();
        kill(before);
        assertEquals(
            "7", eventually(() -> Sql.value(cluster.ownerUrl(), "SELECT number FROM kept")));
        assertNotEquals(before, cluster.pid());
      }
    }
  }

  @Test
  void discardsWhatAKilledProcessLeftOfAThrowawayCluster() {
    Path folder = temporary.resolve("left");
    Cluster left = Cluster.open(folder, ClusterSettings.throwaway());
    assertThrows(ClusterFault.class, () -> Cluster.discard(folder));
    String url = left.ownerUrl();
    assertDoesNotThrow(() -> Sql.value(url, "SELECT 1"));
    left.forget();
    Cluster.discard(folder);
    assertFalse(Files.exists(folder));
    assertThrows(SQLException.class, () -> Sql.value(url, "SELECT 1"));
  }

  @Test
  void discardsNothingDurable() {
    Path folder = temporary.resolve("kept");
    Cluster.open(folder, ClusterSettings.durable()).stop();
    assertThrows(IllegalStateException.class, () -> Cluster.discard(folder));
    assertTrue(Files.exists(folder.resolve("data")));
  }

  @Test
  void adoptsTheServerOfANodeThatWasKilled() throws SQLException {
    Cluster forgotten = open();
    Sql.run(forgotten.ownerUrl(), "CREATE TABLE kept AS SELECT 7 AS number");
    forgotten.forget();
    try (Cluster adopter = open()) {
      assertEquals(forgotten.pid(), adopter.pid());
      assertEquals(forgotten.port(), adopter.port());
      assertEquals("7", Sql.value(adopter.ownerUrl(), "SELECT number FROM kept"));
    }
  }

  @Test
  void recoversWhenNodeAndServerWereKilled() throws SQLException {
    Cluster killed = open();
    Sql.run(killed.ownerUrl(), "CREATE TABLE kept AS SELECT 7 AS number");
    killed.forget();
    kill(killed.pid());
    try (Cluster next = open()) {
      assertEquals("7", Sql.value(next.ownerUrl(), "SELECT number FROM kept"));
    }
  }

  @Test
  void endsABackendThatDidNotNoticeTheDeathOfItsServer() throws Exception {
    Cluster killed = open();
    CompletableFuture<String> busy =
        CompletableFuture.supplyAsync(() -> busyFor(killed.superuserUrl()));
    eventually(() -> backendIsBusy(killed));
    killed.forget();
    kill(killed.pid());
    try (Cluster next = open()) {
      assertEquals("1", Sql.value(next.ownerUrl(), "SELECT 1"));
      assertTrue(busy.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).startsWith("08"));
    }
  }

  // A loop without a wait in it looks at no signal of its server's end.
  private static String busyFor(String url) {
    try {
      Sql.run(url, "DO $$ BEGIN WHILE true LOOP END LOOP; END $$");
      return "it ended";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static String backendIsBusy(Cluster cluster) throws SQLException {
    return Sql.value(
        cluster.superuserUrl(),
        "SELECT 1 / count(*) FROM pg_stat_activity WHERE query LIKE 'DO %' AND state = 'active'");
  }

  @Test
  void takesNoStrangerForItsServer() throws IOException {
    open().stop();
    // The number of a living process that is no server, as after a restart of the machine.
    Files.writeString(
        temporary.resolve("data/postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + temporary.resolve("data") + "\n1\n5432\n");
    try (Cluster cluster = open()) {
      assertNotEquals(ProcessHandle.current().pid(), cluster.pid());
    }
  }

  @Test
  void makesAgainWhatWasHalfMade() throws IOException, SQLException {
    Path half = Files.createDirectories(temporary.resolve("data.making-1/base"));
    Files.writeString(half.resolve("torn"), "half a page");
    try (Cluster cluster = open()) {
      assertEquals("1", Sql.value(cluster.ownerUrl(), "SELECT 1"));
      assertFalse(Files.exists(half));
    }
  }

  @Test
  void makesTheLoginsThatAKillPrevented() throws IOException, SQLException {
    Cluster killed = open();
    killed.forget();
    Files.delete(temporary.resolve("provisioned"));
    try (Cluster cluster = open()) {
      assertEquals("1", Sql.value(cluster.appUrl(), "SELECT 1"));
    }
  }

  private static void kill(long pid) {
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }

  /// Connections are refused until the server is back; each refusal is a moment to wait.
  private static String eventually(Callable<String> query) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return query.call();
      } catch (Exception e) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("not within " + PATIENCE, e);
        }
        Thread.onSpinWait();
      }
    }
  }
}
