package io.holdfast.proof.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A true PostgreSQL behind it, and a driver that does not know of it.
class DatabaseProxyTest {
  /// After as many the driver prepares a COMMIT for good, and names it only.
  private static final int MANY = 12;

  @TempDir static Path folder;
  private static Cluster cluster;
  private static DatabaseProxy proxy;

  @BeforeAll
  static void open() throws Exception {
    cluster = Cluster.open(folder.resolve("cluster"), ClusterSettings.throwaway());
    proxy = DatabaseProxy.before(cluster.port());
    try (Connection direct = DriverManager.getConnection(cluster.superuserUrl());
        Statement statement = direct.createStatement()) {
      statement.execute("CREATE TABLE seen (id integer)");
    }
  }

  @AfterAll
  static void close() {
    proxy.close();
    cluster.destroy();
  }

  private static Connection connect() throws SQLException {
    String url = cluster.superuserUrl();
    Connection connection =
        DriverManager.getConnection(
            url.replaceFirst(":" + cluster.port() + "/", ":" + proxy.port() + "/"));
    connection.setAutoCommit(false);
    return connection;
  }

  private static void insert(Connection connection, int id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO seen VALUES (" + id + ")");
    }
    connection.commit();
  }

  private static int seen(int id) throws SQLException {
    try (Connection direct = DriverManager.getConnection(cluster.superuserUrl());
        Statement statement = direct.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM seen WHERE id = " + id)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void cutsACommitBeforeItIsSentAndTheNextBeforeItIsAnswered() throws Exception {
    try (Connection first = connect();
        Connection second = connect()) {
      for (int i = 0; i < MANY; i++) {
        insert(first, 1);
        insert(second, 2);
      }
      int before = proxy.cutCommits();
      assertEquals(0, before % 2, "the order of the two");
      proxy.cutAtCommit(2);
      assertThrows(SQLException.class, () -> insert(first, 3));
      assertThrows(SQLException.class, () -> insert(second, 4));
      assertEquals(before + 2, proxy.cutCommits());
    }
    assertEquals(MANY, seen(1));
    assertEquals(MANY, seen(2));
    assertEquals(0, seen(3), "PostgreSQL has seen no COMMIT");
    assertEquals(1, seen(4), "only the answer was lost");
    try (Connection third = connect()) {
      insert(third, 5);
    }
    assertEquals(1, seen(5));
  }

  @Test
  void cutsAllThatThereAre() throws Exception {
    try (Connection first = connect();
        Connection second = connect()) {
      insert(first, 6);
      // One that was closed by the node may be among them still.
      assertTrue(proxy.cut() >= 2);
      assertThrows(SQLException.class, () -> insert(first, 7));
      assertThrows(SQLException.class, () -> insert(second, 7));
    }
    assertEquals(0, proxy.cut());
    assertEquals(0, seen(7));
  }

  @Test
  void letsThroughWhatIsLarge() throws Exception {
    String large = "x".repeat(3_000_000);
    try (Connection connection = connect();
        var select = connection.prepareStatement("SELECT ?::text")) {
      select.setString(1, large);
      proxy.slowBy(1);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        assertEquals(large, row.getString(1));
      } finally {
        proxy.slowBy(0);
      }
    }
  }
}
