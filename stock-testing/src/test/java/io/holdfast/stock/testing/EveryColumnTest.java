package io.holdfast.stock.testing;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.AuditSettings;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.Customer;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Retention;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCheckpoints;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A hand-made change of any column of any single row is found, by `verify` and by the auditor, and
/// the row is named. The columns are asked of the database: of a new one it has to be decided what
/// makes a change of it show. On a database of its own, since the auditor goes round all tenants.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryColumnTest {
  private static final String COLUMNS_READ =
      """
      SELECT c.table_name, c.column_name, c.udt_name
      FROM information_schema.columns c
      WHERE c.table_schema = 'holdfast'
          AND c.table_name NOT IN ('flyway_schema_history', 'stock_scripts', 'test_notes')
      ORDER BY c.table_name, c.ordinal_position""";

  /// What a row is called in a difference, by its table.
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          entry("items", "$.sku"),
          entry("locations", "$.location"),
          entry("stock_levels", "concat($.sku, '/', $.location)"),
          entry("movements", "concat($.sku, '/', $.location, ' position ', $.position)"),
          entry("reservations", "$.reservation_id::text"),
          entry("idempotency_keys", "$.request_key::text"),
          entry("stock_policies", "'policy'"),
          entry("retentions", "'retention'"),
          entry("archived_movements", "concat($.sku, '/', $.location, ' position ', $.position)"),
          entry("archived_reservations", "$.reservation_id::text"),
          entry("archived_keys", "$.request_key::text"),
          entry("purchase_limits", "$.sku"),
          entry("customer_tallies", "$.customer"),
          entry("quarantines", "concat($.sku, '/', $.location)"),
          entry("checkpoints", "concat('checkpoint ', $.number)"),
          entry("checkpoint_heads", "concat('checkpoint ', $.number)"));

  /// What becomes of a value, by its type: another one that the type allows.
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          entry("int8", "$ + 1"),
          entry("int4", "$ + 1"),
          entry("bool", "NOT $"),
          entry("text", "$ || 'x'"),
          entry("uuid", "gen_random_uuid()"),
          entry("bytea", "set_byte($, 0, get_byte($, 0) # 1)"),
          entry("timestamptz", "$ + interval '1 second'"),
          entry("_text", "array_replace($, $[1], $[1] || 'x')"),
          entry("_uuid", "array_replace($, $[1], gen_random_uuid())"),
          entry("_int8", "array_replace($, $[1], $[1] + 1)"));

  /// Where a constraint would not allow just any other one.
  private static final Map<String, String> ALLOWED =
      Map.ofEntries(
          entry("reservations.state", "'expired'"),
          entry("stock_policies.expired_commit", "'reserve_again'"),
          entry("movements.kind", "'count'"),
          entry("movements.position", "$ + 1000"),
          entry("archived_reservations.state", "'expired'"),
          entry("archived_movements.kind", "'count'"));

  /// Where it may not be just any row.
  private static final Map<String, String> ROWS =
      Map.ofEntries(
          entry("reservations.state", "state = 'committed'"),
          entry("locations.tenant_id", "location = 'depot'"),
          entry("archived_movements.position", "position = 5"),
          entry("stock_levels.chain_hash", "quarantined_at IS NULL"));

  /// What is outside of what is proven, and why: docs/reference/intentional.md.
  private static final Set<String> OUTSIDE =
      Set.of(
          "archive_passes",
          "audits",
          "audit_marks",
          "findings",
          "stock_levels.fence",
          "reservations.fence",
          "archived_reservations.fence",
          "customer_tallies.fence");

  private static final AuditSettings ONCE =
      AuditSettings.usual().with().interval(Duration.ofDays(20)).busyPercent(100).build();

  private final StockVerifier verifier = StockVerifier.create();
  private TestDatabase database;
  private List<String> tables;
  private TenantId tenant;
  private TenantId other;

  /// Filled in by [#trade()], which runs before the tests.
  @SuppressWarnings("NullAway.Init")
  EveryColumnTest() {}

  record Column(String table, String name, String type) {
    String key() {
      return table + "." + name;
    }
  }

  /// Some of everything, so that each table has rows and each column a value somewhere.
  @BeforeAll
  void trade() throws SQLException {
    database = TestDatabase.shared().beside("every_column");
    tables = columns().map(Column::table).distinct().toList();
    tenant = database.newTenant();
    other = database.newTenant();
    EngineSettings settings =
        EngineSettings.of(Control.COMBINED).with().sweepInterval(Duration.ZERO).build();
    try (StockEngine engine = StockEngine.open(database.pool(), settings)) {
      Shop shop = new Shop(engine, database.pool(), tenant).sellsUntracked("wrapping");
      shop.chooses(new StockPolicy(StockPolicy.ExpiredCommit.REFUSE, 3L));
      tradeOfOld(shop);
      shop.stocks("tea", 9).stocksAt("depot", 1, "tea", 9).stocks("cup", 9);
      shop.limits(new PurchaseLimit(new Sku("tea"), 50, Duration.ofDays(1)));
      Customer ada = new Customer("ada");
      shop.answer(new Command.Purchase(List.of(Line.of("tea", 2)), ada), shop.call("bought"));
      ReservationId held = reserved(shop, ada, "held");
      shop.outcome(new Command.Extend(held, Duration.ofHours(1)));
      ReservationId returned = reserved(shop, ada, "returned");
      shop.answer(new Command.Commit(returned), shop.call("committed"));
      shop.outcome(new Command.Return(returned, List.of(), new Reason("broken")));
      shop.outcome(new Command.Release(shop.reserved(Line.of("tea", 1))));
      LocationId depot = new LocationId("depot");
      Sku tea = new Sku("tea");
      shop.outcome(new Command.SetSafetyStock(tea, depot, 1, null));
      shop.outcome(new Command.Transfer(tea, depot, LocationId.MAIN, 1, new Reason("wanted")));
      shop.quarantines("tea", "put right");
      shop.outcome(new Command.Correct(tea, LocationId.MAIN, 7, new Reason("counted")));
      shop.quarantines("cup", "still wrong");
    }
    try (Connection connection = database.connect()) {
      assertTrue(StockCheckpoints.create().make(connection, tenant, newKey()).isPresent());
      StockRegister register = StockRegister.create();
      connection.setAutoCommit(false);
      register.setTenant(connection, tenant);
      register.setRetention(connection, tenant, new Retention(1, 2, 3), null);
      connection.commit();
    }
    assertEquals(List.of(), differences(tenant));
    assertEquals(List.of(), audited());
    byHand(statement -> statement.execute(forgetAudit(tenant)));
    keep();
  }

  @AfterAll
  void close() {
    database.pool().close();
  }

  /// Beside the schema that is audited.
  private void keep() throws SQLException {
    byHand(
        statement -> {
          statement.execute("CREATE SCHEMA kept");
          for (String table : tables) {
            statement.execute("CREATE TABLE kept.%1$s AS TABLE holdfast.%1$s".formatted(table));
          }
        });
  }

  @FunctionalInterface
  private interface Hand {
    void on(Statement statement) throws SQLException;
  }

  /// Past all triggers.
  private void byHand(Hand hand) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("SET session_replication_role = replica; SET search_path = holdfast");
      hand.on(statement);
    }
  }

  /// What has gone into the archive before the rest of it happens.
  private void tradeOfOld(Shop shop) throws SQLException {
    shop.stocks("tea", 9);
    shop.outcome(new Command.SetSafetyStock(new Sku("tea"), LocationId.MAIN, 1, null));
    ReservationId returned = reserved(shop, new Customer("ada"), "old");
    shop.answer(new Command.Commit(returned), shop.call("old-commit"));
    shop.outcome(new Command.Return(returned, List.of(), new Reason("broken")));
    shop.outcome(Shop.receive("tea", 1));
    ArchivedByHand archive = new ArchivedByHand(database, tenant);
    archive.move("movements", "archived_movements", "position < 6");
    archive.move("reservations", "archived_reservations", "true");
    archive.move("idempotency_keys", "archived_keys", "true");
  }

  private static ReservationId reserved(Shop shop, Customer customer, String key) {
    Command.Reserve reserve =
        new Command.Reserve(List.of(Line.of("tea", 1)), Duration.ofMinutes(9), customer);
    Answer answer = shop.answer(reserve, shop.call(key));
    return ((Outcome.Reserved) answer.outcome()).reservation();
  }

  static Stream<Column> columns() throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Connection connection = TestDatabase.shared().connectAsSuperuser();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(COLUMNS_READ)) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return columns.stream();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void aChangeOfItIsFoundAndItsRowIsNamed(Column column) throws SQLException {
    if (OUTSIDE.contains(column.key()) || OUTSIDE.contains(column.table)) {
      return;
    }
    byHand(
        statement -> {
          Changed changed = change(statement, column);
          if (column.name.equals("tenant_id")) {
            statement.execute(forgetAudit(other));
          }
          List<Difference> found = new ArrayList<>(differences(tenant));
          found.addAll(differences(other));
          List<String> audited = audited();
          putBack(statement);
          assertTrue(
              found.stream().map(Difference::row).anyMatch(changed::isNamedIn),
              () -> "decide what makes a change of " + column.key() + " show: " + changed + found);
          assertTrue(
              audited.stream().anyMatch(changed::isNamedIn),
              () -> "no auditor finds a change of " + column.key() + ": " + changed + audited);
        });
  }

  /// As if this tenant had never been audited. The other one was, and is not again.
  private static String forgetAudit(TenantId of) {
    return "DELETE FROM audits WHERE tenant_id = " + of.value();
  }

  /// The rows that an auditor finds something of.
  private List<String> audited() {
    AuditNotes notes = AuditNotes.of(database.pool(), ONCE, tenant);
    assertEquals(List.of(), notes.failed());
    return notes.rows();
  }

  /// The name of a row.
  record Changed(String before, String after) {
    boolean isNamedIn(String row) {
      return row.contains(before) || row.contains(after);
    }
  }

  private Changed change(Statement statement, Column column) throws SQLException {
    String name = NAMES.get(column.table);
    assertNotNull(name, "decide what makes a change of the new table " + column.table + " show");
    statement.execute(
        "CREATE TEMP TABLE one AS SELECT * FROM %s WHERE tenant_id = %d AND %s LIMIT 1"
            .formatted(
                column.table,
                tenant.value(),
                ROWS.getOrDefault(column.key(), column.name + " IS NOT NULL")));
    String value =
        column.name.equals("tenant_id")
            ? Long.toString(other.value())
            : ALLOWED.getOrDefault(column.key(), String.valueOf(OTHERS.get(column.type)));
    String update =
        "UPDATE %s t SET %s = %s FROM one k WHERE t::text = k::text RETURNING %s, %s"
            .formatted(
                column.table,
                column.name,
                value.replace("$", "t." + column.name),
                name.replace("$", "old"),
                name.replace("$", "new"));
    try (ResultSet row = statement.executeQuery(update)) {
      assertTrue(row.next(), "the story has no row with " + column.key());
      return new Changed(row.getString(1), row.getString(2));
    }
  }

  /// All that there was before: the auditor has written, too.
  private void putBack(Statement statement) throws SQLException {
    for (String table : tables) {
      statement.addBatch("DELETE FROM holdfast.%s".formatted(table));
      statement.addBatch(
          "INSERT INTO holdfast.%1$s OVERRIDING SYSTEM VALUE TABLE kept.%1$s".formatted(table));
    }
    statement.executeBatch();
  }

  private List<Difference> differences(TenantId of) throws SQLException {
    try (Connection connection = database.pool().getConnection()) {
      return verifier.verifyTenant(connection, of);
    }
  }

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
