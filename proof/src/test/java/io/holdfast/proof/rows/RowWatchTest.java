package io.holdfast.proof.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.postgres.Login;
import io.holdfast.proof.checker.Effect;
import io.holdfast.proof.checker.RowFindings;
import io.holdfast.proof.history.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The looks at the rows, against the true schema with one thing wrong at a time.
class RowWatchTest {

  private static final Path SCHEMA =
      Path.of("../stock/src/main/resources/io/holdfast/stock/schema");

  /// Ten cakes were received and one of them was reserved.
  private static final String SOUND =
      """
      INSERT INTO holdfast.items (tenant_id, sku, tracked) VALUES (7, 'SKU', true);
      INSERT INTO holdfast.locations VALUES (7, 'main') ON CONFLICT DO NOTHING;
      INSERT INTO holdfast.stock_levels VALUES (7, 10, 1, 2, 'SKU', 'main', '');
      INSERT INTO holdfast.reservations (tenant_id, reservation_id, created_at, expires_at, state,
          actor, customer, skus, locations, quantities)
      VALUES (7, 'ID', now(), now() + interval '1 hour', 'held', 'test', 'run-SKU',
          '{SKU}', '{main}', '{1}');
      INSERT INTO holdfast.movements VALUES
          (7, 1, 10, 0, 10, 0, now(), NULL, 'receive', 'SKU', 'main', 'test', NULL, ''),
          (7, 2, 0, 1, 10, 1, now(), 'ID', 'reserve', 'SKU', 'main', 'test', NULL, '');
      """;

  /// The reservation grew by two, two of its three were sold, and one of them came back.
  private static final String CHANGED_SOLD_RETURNED =
      """
      INSERT INTO holdfast.movements VALUES
          (7, 3, 0, 2, 10, 3, now(), 'ID', 'change', 'SKU', 'main', 'test', NULL, ''),
          (7, 4, -2, -3, 8, 0, now(), 'ID', 'commit', 'SKU', 'main', 'test', NULL, ''),
          (7, 5, 1, 0, 9, 0, now(), 'ID', 'return', 'SKU', 'main', 'test', NULL, '');
      UPDATE holdfast.stock_levels SET on_hand = 9, reserved = 0, version = 5 WHERE sku = 'SKU';
      UPDATE holdfast.reservations SET state = 'committed', ended_at = now(), quantities = '{2}',
          returned = '{1}', version = 4 WHERE customer = 'run-SKU'
      """;

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void open() throws Exception {
    cluster = Cluster.open(folder.resolve("cluster"), ClusterSettings.throwaway());
    migrate(Cluster.DATABASE);
  }

  @AfterAll
  static void destroy() {
    cluster.destroy();
  }

  @Test
  void findsNothingInSoundRows() throws Exception {
    RowFindings.Asked found = look("sound", "");
    assertEquals(List.of(), found.oversold());
    assertEquals(List.of(), found.unbalanced());
    assertEquals(List.of(), found.partial());
    assertEquals(List.of(), found.overdue());
    assertEquals(List.of(), found.unguarded());
    assertTrue(found.snapshots() >= 1);
  }

  @Test
  void findsALevelThatIsNotTheSumOfItsMovements() throws Exception {
    String wrong = "UPDATE holdfast.stock_levels SET on_hand = 9 WHERE sku = 'SKU'";
    assertEquals(1, look("unbalanced", wrong).unbalanced().size());
  }

  @Test
  void findsAChangeThatWasNotCounted() throws Exception {
    String wrong = "UPDATE holdfast.stock_levels SET version = 1 WHERE sku = 'SKU'";
    assertEquals(1, look("uncounted", wrong).unbalanced().size());
  }

  @Test
  void findsALineWithoutItsMovement() throws Exception {
    String wrong =
        "UPDATE holdfast.reservations SET skus = '{SKU,SKU-2}', locations = '{main,main}',"
            + " quantities = '{1,1}' WHERE customer = 'run-SKU'";
    assertEquals(1, look("half", wrong).partial().size());
  }

  @Test
  void findsAnEndWithoutItsMovement() throws Exception {
    String wrong =
        "UPDATE holdfast.reservations SET state = 'committed', ended_at = now()"
            + " WHERE customer = 'run-SKU'";
    assertEquals(1, look("unended", wrong).partial().size());
  }

  @Test
  void findsAMovementWithoutItsReservation() throws Exception {
    String wrong = "DELETE FROM holdfast.reservations WHERE customer = 'run-SKU'";
    assertEquals(1, look("orphan", wrong).partial().size());
  }

  @Test
  void findsNothingInAReservationThatWasChangedCommittedInPartAndReturned() throws Exception {
    assertEquals(List.of(), look("through", CHANGED_SOLD_RETURNED).partial());
  }

  @Test
  void findsAReturnWithoutItsMovement() throws Exception {
    String wrong = "; UPDATE holdfast.reservations SET returned = '{2}' WHERE customer = 'run-SKU'";
    assertEquals(1, look("unreturned", CHANGED_SOLD_RETURNED + wrong).partial().size());
  }

  @Test
  void findsAChangeWithoutItsMovement() throws Exception {
    String wrong = "UPDATE holdfast.reservations SET quantities = '{2}' WHERE customer = 'run-SKU'";
    assertEquals(1, look("unchanged", wrong).partial().size());
  }

  @Test
  void findsHalfATransfer() throws Exception {
    String wrong =
        """
        UPDATE holdfast.stock_levels SET on_hand = 8, version = 3 WHERE sku = 'SKU';
        INSERT INTO holdfast.movements VALUES
            (7, 3, -2, 0, 8, 1, now(), NULL, 'transfer', 'SKU', 'main', 'test', NULL, '', 'north')
        """;
    assertEquals(1, look("uneven", wrong).vanished().size());
  }

  @Test
  void findsAReservationHeldPastItsTime() throws Exception {
    String wrong =
        "UPDATE holdfast.reservations SET expires_at = now() - interval '6 seconds'"
            + " WHERE customer = 'run-SKU'";
    assertEquals(1, look("overdue", wrong).overdue().size());
  }

  @Test
  void grantsFiveSecondsToExpire() throws Exception {
    String late =
        "UPDATE holdfast.reservations SET expires_at = now() - interval '1 second'"
            + " WHERE customer = 'run-SKU'";
    assertEquals(List.of(), look("due", late).overdue());
  }

  @Test
  void findsThatConstraintsAreGoneAndWhatTheyLetThrough() throws Exception {
    RowFindings.Asked found =
        lookAt(
            unguarded("no_checks"),
            "below",
            "ALTER TABLE holdfast.stock_levels DROP CONSTRAINT stock_levels_on_hand_not_negative,"
                + " DROP CONSTRAINT stock_levels_never_oversold;"
                + " UPDATE holdfast.stock_levels SET on_hand = -1");
    assertEquals(1, found.oversold().size());
    assertEquals(
        List.of(
            "constraint missing: stock_levels_never_oversold",
            "constraint missing: stock_levels_on_hand_not_negative"),
        found.unguarded());
  }

  @Test
  void findsThatTheLedgerCanBeEdited() throws Exception {
    RowFindings.Asked found =
        lookAt(
            unguarded("open_ledger"),
            "edited",
            "ALTER TABLE holdfast.movements DISABLE TRIGGER movements_are_immutable;"
                + " GRANT UPDATE, DELETE ON holdfast.movements TO holdfast_app");
    assertEquals(4, found.unguarded().size());
    assertTrue(found.unguarded().stream().allMatch(row -> row.startsWith("ledger")));
  }

  @Test
  void findsWhatARunLeftBehind() throws Exception {
    look("left", "");
    Database database = new Database(cluster.superuserUrl());
    try (RowWatch watch = RowWatch.start(database, List.of("left"))) {
      Effect effect =
          watch.effects("run").seen().stream()
              .filter(each -> "run-left".equals(each.customer()))
              .findFirst()
              .orElseThrow();
      assertEquals("held", effect.state());
      assertEquals(List.of(new Line("left", "main", 1)), effect.lines());
    }
  }

  private static RowFindings.Asked look(String sku, String wrong) throws Exception {
    return lookAt(cluster.superuserUrl(), sku, wrong);
  }

  private static RowFindings.Asked lookAt(String url, String sku, String wrong) throws Exception {
    String id = new UUID(7, sku.hashCode()).toString();
    execute(url, (SOUND + wrong).replace("SKU", sku).replace("'ID'", "'" + id + "'"));
    try (RowWatch watch = RowWatch.start(new Database(url), List.of(sku))) {
      return (RowFindings.Asked) watch.findings();
    }
  }

  private static String unguarded(String database) throws Exception {
    cluster.createDatabase(database);
    migrate(database);
    return cluster.url(Login.SUPERUSER, database);
  }

  private static void migrate(String database) throws Exception {
    execute(cluster.url(Login.OWNER, database), "CREATE SCHEMA IF NOT EXISTS holdfast");
    try (Stream<Path> scripts = Files.list(SCHEMA)) {
      for (Path script : scripts.sorted().toList()) {
        execute(cluster.url(Login.OWNER, database), Files.readString(script));
      }
    }
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
