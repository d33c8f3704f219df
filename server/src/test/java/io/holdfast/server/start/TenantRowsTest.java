package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.start.SchemaTables.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every table of the migrated schema keeps tenants apart. The tables are those of the catalogue,
/// so a new one is held to it as well, and an exception has to be named here with its reason.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantRowsTest {
  private static final Map<String, String> OF_NO_TENANT =
      Map.of(
          "flyway_schema_history", "which scripts were applied, of the whole database",
          "signing_keys", "what one node has signed every node believes; public halves only",
          "event_sinks", "which node sends to what the operator has named");

  /// The ledger, what archives it, what states it, and the trail.
  private static final List<String> ONLY_ADDED_TO =
      List.of(
          "archived_keys",
          "archived_movements",
          "archived_reservations",
          "checkpoint_heads",
          "checkpoints",
          "movements",
          "trail_entries",
          "trail_seals");

  private static final String OF_THE_TENANT =
      "(tenant_id = ( SELECT (NULLIF(current_setting('holdfast.tenant_id'::text, true),"
          + " ''::text))::bigint AS \"nullif\"))";

  private static final long OURS = 900_001;
  private static final long OTHERS = 900_002;

  private Connection superuser;
  private SchemaTables schema;

  /// Filled in by [#connect], which runs before the tests.
  @SuppressWarnings("NullAway.Init")
  TenantRowsTest() {}

  @BeforeAll
  void connect() throws SQLException {
    superuser = MigratedDatabase.shared().connectAsSuperuser();
    schema = new SchemaTables(superuser);
  }

  @AfterAll
  void disconnect() throws SQLException {
    superuser.close();
  }

  Stream<String> ofTenants() throws SQLException {
    return schema.all().stream().filter(Predicate.not(OF_NO_TENANT::containsKey));
  }

  @Test
  void exceptionsAreTablesOnWhichTheApplicationHasNoRight() throws SQLException {
    assertTrue(ofTenants().count() > 35, "found " + schema.all());
    assertEquals(List.of(), schema.otherRelations());
    for (String exception : OF_NO_TENANT.keySet()) {
      assertTrue(schema.all().contains(exception), exception);
      assertEquals(List.of(), schema.rights(exception), exception);
    }
  }

  @ParameterizedTest
  @MethodSource("ofTenants")
  void aKeyBeginsWithTheTenantAndRefersToNoOther(String table) throws SQLException {
    assertEquals("tenant_id", schema.keyColumns(table).getFirst());
    assertEquals(List.of(), schema.referencesPastTheTenant(table));
  }

  /// Who owns a function that looks across tenants has a policy of its own, which is none for the
  /// members of that role.
  @ParameterizedTest
  @MethodSource("ofTenants")
  void rowLevelSecurityHoldsAlsoForTheOwner(String table) throws SQLException {
    assertEquals("true true", schema.security(table));
    List<String> forEverybody =
        schema.policies(table).stream()
            .filter(policy -> policy.contains(" to everybody "))
            .toList();
    assertEquals(
        List.of("* true to everybody using " + OF_THE_TENANT + " check the same"), forEverybody);
    for (String policy : schema.policies(table)) {
      assertTrue(
          forEverybody.contains(policy)
              || policy.matches(
                  "(?s). true to (holdfast_(?:doorkeeper|sweeper)) using .*CURRENT_USER = '\\1'.*"),
          policy);
    }
  }

  @ParameterizedTest
  @MethodSource("ofTenants")
  void theApplicationCanNotEmptyOrRedefine(String table) throws SQLException {
    for (String right : List.of("TRUNCATE", "REFERENCES", "TRIGGER")) {
      assertTrue(!schema.rights(table).contains(right), right);
    }
  }

  @Test
  void whatIsOnlyAddedToIsChangedByNobody() throws SQLException {
    assertEquals(ONLY_ADDED_TO, schema.guardedAgainstChange());
    for (String table : ONLY_ADDED_TO) {
      TreeSet<String> rights = new TreeSet<>(schema.rights(table));
      rights.removeAll(List.of("SELECT", "INSERT"));
      assertEquals(List.of(), List.copyOf(rights), table);
    }
  }

  @Test
  void theLoginThatServesIsNotTheOneThatMigrates() throws SQLException {
    try (Connection application = MigratedDatabase.shared().connectAsApplication();
        Statement statement = application.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT current_user <> 'holdfast_owner'
                  AND NOT pg_has_role('holdfast_owner', 'MEMBER')
                  AND NOT pg_has_role('holdfast_doorkeeper', 'MEMBER')
                  AND NOT pg_has_role('holdfast_sweeper', 'MEMBER')
                  AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcreaterole
                  AND NOT EXISTS (SELECT FROM pg_class WHERE relowner = r.oid)
                  AND NOT EXISTS (SELECT FROM pg_proc WHERE proowner = r.oid)
              FROM pg_roles r WHERE rolname = current_user
              """)) {
        assertTrue(row.next() && row.getBoolean(1));
      }
      for (String change :
          List.of(
              "CREATE TABLE holdfast.mine (tenant_id bigint)",
              "ALTER TABLE holdfast.items NO FORCE ROW LEVEL SECURITY",
              "DROP POLICY tenant_rows ON holdfast.items",
              "DROP TABLE holdfast.demonstrations",
              "SET ROLE holdfast_owner")) {
        assertEquals("42501", refusal(statement, change), change);
      }
    }
  }

  /// A row of the other tenant in every table, with the other's name in all of its texts. What a
  /// row has to be like otherwise is left aside: it is about whose it is.
  @ParameterizedTest
  @MethodSource("ofTenants")
  void nobodySeesOrTouchesARowOfAnotherTenant(String table) throws SQLException {
    superuser.setAutoCommit(false);
    try (Statement statement = superuser.createStatement()) {
      insertPastAllChecks(statement, table, OTHERS);
      boolean isReadable = schema.rights(table).contains("SELECT");
      List<Column> columns = schema.columns(table);

      for (String tenant : List.of(Long.toString(OURS), "")) {
        become(statement, "holdfast_node", tenant);
        if (isReadable) {
          assertEquals(0, count(statement, table), "with the tenant '" + tenant + "'");
        } else {
          assertEquals("42501", refusal(statement, "SELECT count(*) FROM holdfast." + table));
        }
        assertChangesNothing(statement, "DELETE FROM holdfast." + table);
        for (Column column : columns) {
          assertChangesNothing(
              statement, "UPDATE holdfast.%s SET %s = DEFAULT".formatted(table, column.name()));
        }
        assertEquals("42501", refusal(statement, insertAsFarAsAllowed(table, columns)));
      }
      become(statement, "holdfast_owner", Long.toString(OURS));
      assertEquals(0, count(statement, table), "as the owner");

      become(statement, "holdfast_node", Long.toString(OTHERS));
      if (isReadable) {
        assertEquals(1, count(statement, table), "the other tenant does not see its own row");
      }
    } finally {
      superuser.rollback();
      superuser.setAutoCommit(true);
    }
  }

  @ParameterizedTest
  @MethodSource("ofTenants")
  void nobodyGivesARowToAnotherTenant(String table) throws SQLException {
    superuser.setAutoCommit(false);
    try (Statement statement = superuser.createStatement()) {
      insertPastAllChecks(statement, table, OURS);
      become(statement, "holdfast_node", Long.toString(OURS));
      String refusal =
          refusal(statement, "UPDATE holdfast.%s SET tenant_id = %d".formatted(table, OTHERS));
      // The second: a number that the database gives can't be set by anybody.
      assertTrue(List.of("42501", "428C9").contains(refusal), refusal);
    } finally {
      superuser.rollback();
      superuser.setAutoCommit(true);
    }
  }

  private void insertPastAllChecks(Statement statement, String table, long tenant)
      throws SQLException {
    for (String check : schema.checks(table)) {
      statement.execute("ALTER TABLE holdfast.%s DROP CONSTRAINT %s".formatted(table, check));
    }
    // Neither triggers nor foreign keys are looked at.
    statement.execute("SET LOCAL session_replication_role = replica");
    assertEquals(1, statement.executeUpdate(insert(table, schema.columns(table), tenant)));
    statement.execute("SET LOCAL session_replication_role = origin");
  }

  private static void become(Statement statement, String role, String tenant) throws SQLException {
    statement.execute("RESET ROLE");
    statement.execute("SET LOCAL holdfast.tenant_id = '" + tenant + "'");
    statement.execute("SET LOCAL ROLE " + role);
  }

  /// So that it is not refused for a column alone.
  private static String insertAsFarAsAllowed(String table, List<Column> columns) {
    List<Column> allowed = columns.stream().filter(Column::isInsertable).toList();
    return insert(table, allowed.isEmpty() ? columns : allowed, OTHERS);
  }

  private static String insert(String table, List<Column> columns, long tenant) {
    return "INSERT INTO holdfast.%s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)"
        .formatted(
            table,
            columns.stream().map(Column::name).collect(Collectors.joining(", ")),
            columns.stream()
                .map(column -> value(column, tenant))
                .collect(Collectors.joining(", ")));
  }

  private static String value(Column column, long tenant) {
    if (column.name().equals("tenant_id")) {
      return Long.toString(tenant);
    }
    return switch (column.type()) {
      case "bigint", "integer", "smallint" -> "1";
      case "boolean" -> "true";
      case "text" -> "'canary of " + tenant + "'";
      case "text[]" -> "ARRAY['canary of " + tenant + "']";
      case "bigint[]" -> "ARRAY[1]";
      case "uuid" -> "gen_random_uuid()";
      case "uuid[]" -> "ARRAY[gen_random_uuid()]";
      case "bytea" -> "convert_to('canary of " + tenant + "', 'UTF8')";
      case "json", "jsonb" -> "'{\"canary\": " + tenant + "}'";
      case "date" -> "current_date";
      case "timestamp with time zone" -> "clock_timestamp()";
      default -> throw new AssertionError("what does a " + column.type() + " look like?");
    };
  }

  private void assertChangesNothing(Statement statement, String change) throws SQLException {
    Savepoint before = superuser.setSavepoint();
    try {
      assertEquals(0, statement.executeUpdate(change), change);
    } catch (SQLException refused) {
      assertEquals("42501", refused.getSQLState(), change);
      superuser.rollback(before);
    }
  }

  private static String refusal(Statement statement, String sql) throws SQLException {
    Connection connection = statement.getConnection();
    boolean isInTransaction = !connection.getAutoCommit();
    Savepoint before = isInTransaction ? connection.setSavepoint() : null;
    SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql), sql);
    if (before != null) {
      connection.rollback(before);
    }
    return refused.getSQLState();
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT count(*) FROM holdfast." + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}
