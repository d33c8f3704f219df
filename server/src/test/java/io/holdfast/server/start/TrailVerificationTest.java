package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.identity.Tenants;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.trail.TrailKeeper;
import io.holdfast.server.trail.TrailMetrics;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A hand-made change of the trail is told by `verify`, whichever column of whichever row it is of;
/// and what is sealed is each entry that was committed, once, however late that was.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrailVerificationTest {
  private static final List<String> TABLES =
      List.of("trail_unsealed", "trail_heads", "trail_seals", "trail_entries");
  private static final Actor ACTOR = new Actor("somebody");

  /// What becomes of a value, by its type: another one that the type allows.
  private static final Map<String, String> OTHERS =
      Map.of(
          "int8", "$ + 1000",
          "text", "coalesce($, '') || 'x'",
          "json", "'{\"another\":1}'::json",
          "bytea", "set_byte($, 0, get_byte($, 0) # 1)",
          "timestamptz", "$ + interval '1 second'");

  private Cluster cluster;
  private DatabaseUrl owner;
  private TenantScope tenants;
  private Jdbi application;
  private TenantId tenant;
  private TenantId other;
  private final TrailMetrics metrics = new TrailMetrics(InstantSource.system());
  private final Trail trail = new Trail(metrics);

  /// Filled in by [#write], which runs before the tests.
  @SuppressWarnings("NullAway.Init")
  TrailVerificationTest() {}

  @BeforeAll
  void write(@TempDir Path folder) throws SQLException, IOException {
    cluster = Cluster.open(folder.resolve("data"), ClusterSettings.throwaway());
    owner = DatabaseUrl.parse("owner", cluster.ownerUrl());
    Migrations.migrate(owner);
    DatabaseUrl app = DatabaseUrl.parse("application", cluster.appUrl());
    application = Jdbi.create(() -> Database.connect(app));
    tenants = new TenantScope(application);
    tenant = madeTenant("one");
    other = madeTenant("other");
    Subject subject = new Subject("thing", "a");
    add(tenant, new Change(subject, null, State.of("size", 1)));
    add(tenant, new Change(subject, State.of("size", 1), State.of("size", 2)));
    add(tenant, new Change(subject, State.of("size", 2), null));
    add(other, new Change(subject, null, State.of("size", 7)));
    seal();
    // This one waits.
    add(tenant, new Change(subject, null, State.of("size", 3)));
    assertEquals(ExitCode.CLEAN, verify(new StringWriter()));
    byHand("CREATE SCHEMA kept");
    for (String table : TABLES) {
      byHand("CREATE TABLE kept.%1$s AS TABLE holdfast.%1$s".formatted(table));
    }
  }

  private TenantId madeTenant(String slug) throws SQLException {
    try (Connection connection = Database.connect(owner)) {
      return Jdbi.create(connection)
          .open()
          .inTransaction(handle -> Tenants.ensure(handle, slug, slug));
    }
  }

  @AfterEach
  void restore() throws SQLException, IOException {
    for (String table : TABLES) {
      byHand("DELETE FROM " + table);
    }
    for (String table : TABLES.reversed()) {
      byHand("INSERT INTO %1$s OVERRIDING SYSTEM VALUE TABLE kept.%1$s".formatted(table));
    }
    assertEquals(ExitCode.CLEAN, verify(new StringWriter()));
  }

  @AfterAll
  void destroy() {
    cluster.destroy();
  }

  record Column(String table, String name, String type) {}

  Stream<Column> columns() throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(cluster.superuserUrl());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT table_name, column_name, udt_name FROM information_schema.columns
                WHERE table_schema = 'holdfast' AND table_name LIKE 'trail\\_%'
                ORDER BY table_name, ordinal_position
                """)) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    assertEquals(Set.copyOf(TABLES), Set.copyOf(columns.stream().map(Column::table).toList()));
    return columns.stream();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void tellsOfAChangeOfAnyColumn(Column column) throws SQLException, IOException {
    String value = OTHERS.getOrDefault(column.type(), "").replace("$", column.name());
    String another =
        switch (column.name()) {
          case "tenant_id" -> Long.toString(other.value() + 1_000);
          case "outcome" -> "'forbidden'";
          case "entry_id" -> column.table().equals("trail_entries") ? "DEFAULT" : value;
          default -> value;
        };
    assertEquals(
        1,
        byHand(
            """
            UPDATE %1$s SET %2$s = %3$s
            WHERE ctid = (SELECT ctid FROM %1$s WHERE tenant_id = %4$d ORDER BY %5$s LIMIT 1)
            """
                .formatted(
                    column.table(), column.name(), another, tenant.value(), key(column.table()))));
    assertTold("trail.");
  }

  /// What is oldest is sealed. Where a row lies says nothing: those of [#restore] come wherever the
  /// database has found room again.
  private static String key(String table) {
    return switch (table) {
      case "trail_entries", "trail_unsealed" -> "entry_id";
      case "trail_seals" -> "sequence";
      default -> "tenant_id";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE FROM trail_entries WHERE entry_id = (SELECT min(entry_id) FROM trail_entries) \
          | trail.entry | seal 1
          DELETE FROM trail_seals WHERE sequence = 2 AND tenant_id = $ | trail.sequence | seal 3
          DELETE FROM trail_seals WHERE sequence = 3 AND tenant_id = $ | trail.head | head
          DELETE FROM trail_heads WHERE tenant_id = $ | trail.head | head
          DELETE FROM trail_unsealed WHERE tenant_id = $ | trail.unsealed | entry
          INSERT INTO trail_unsealed SELECT tenant_id, entry_id FROM trail_seals \
          WHERE sequence = 1 AND tenant_id = $ | trail.waiting | entry
          INSERT INTO trail_entries (tenant_id, outcome, operation, actor, request_id, address, \
          subject_kind, subject_name, state_after) \
          VALUES ($, 'done', 'o', 'a', 'r', 'x', 'k', 'n', '1') | trail.unsealed | entry
          UPDATE trail_seals s SET sequence = 1003 - sequence WHERE tenant_id = $ AND sequence < 3 \
          | trail.sequence | seal
          UPDATE trail_seals s SET hash = o.hash FROM trail_seals o WHERE o.tenant_id = $ \
          AND s.tenant_id = $ AND o.sequence = 3 - s.sequence | trail.hash | seal 1
          UPDATE trail_seals s SET entry_id = o.entry_id FROM kept.trail_seals o \
          WHERE o.tenant_id = $ AND s.tenant_id = $ AND o.sequence = 3 AND s.sequence = 3 - 2 \
          | trail.hash | seal 1
          """)
  void tellsOfWhatWasRemovedSlippedInOrMoved(String tampering, String check, String row)
      throws SQLException, IOException {
    byHand("ALTER TABLE trail_seals DROP CONSTRAINT trail_seals_once");
    try {
      assertTrue(byHand(tampering.replace("$", Long.toString(tenant.value()))) > 0);
      String printed = assertTold(check + " | " + row);
      assertTrue(printed.contains(" | expected "), printed);
    } finally {
      restore("trail_seals");
      byHand(
          "ALTER TABLE trail_seals ADD CONSTRAINT trail_seals_once UNIQUE (tenant_id, entry_id)");
    }
  }

  private void restore(String table) throws SQLException {
    byHand("DELETE FROM " + table);
    byHand("INSERT INTO %1$s TABLE kept.%1$s".formatted(table));
  }

  @Test
  void tellsOfWhatWaitsForItsSealTooLong() throws SQLException, IOException {
    byHand(
        "UPDATE trail_entries SET recorded_at = recorded_at - interval '70 seconds'"
            + " WHERE entry_id = (SELECT entry_id FROM trail_unsealed)");
    assertTold("trail.unsealed | entry");
  }

  @Test
  void sealsAnEntryThatCommitsLateAndPassesNoneOver() throws SQLException, IOException {
    Subject subject = new Subject("thing", "late");
    try (Handle late = application.open()) {
      late.begin();
      late.execute("SELECT set_config('holdfast.tenant_id', ?, true)", tenant.value() + "");
      trail.add(
          late,
          tenant,
          ACTOR,
          RequestOrigin.ofNode(),
          new Change(subject, null, State.of("which", "late")));
      add(tenant, new Change(subject, null, State.of("which", "soon")));
      seal();
      late.commit();
    }
    seal();
    assertEquals(List.of("soon", "late"), inOrderOfSeals("late"));
    assertEquals(ExitCode.CLEAN, verify(new StringWriter()));
  }

  @Test
  void sealsEachEntryOnceWhoeverSeals() throws Exception {
    List<TrailKeeper> keepers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      keepers.add(TrailKeeper.open(application, tenants, metrics));
    }
    try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> written = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String name = Integer.toString(i);
        written.add(
            writers.submit(
                () -> {
                  add(tenant, new Change(new Subject("thing", "many"), null, State.of("w", name)));
                  return name;
                }));
      }
      for (Future<?> one : written) {
        one.get();
      }
    } finally {
      keepers.parallelStream().forEach(TrailKeeper::close);
    }
    seal();
    assertEquals(200, inOrderOfSeals("many").stream().distinct().count());
    assertEquals(ExitCode.CLEAN, verify(new StringWriter()));
  }

  @ParameterizedTest
  @CsvSource({
    "UPDATE trail_entries SET actor = 'x'",
    "DELETE FROM trail_entries",
    "TRUNCATE trail_entries",
    "INSERT INTO trail_entries (recorded_at) VALUES (now())",
    "UPDATE trail_seals SET sequence = 1",
    "DELETE FROM trail_seals",
    "DELETE FROM trail_heads"
  })
  void theApplicationOnlyAdds(String forbidden) {
    SQLException refused =
        assertThrows(
            SQLException.class,
            () -> {
              try (Connection connection = DriverManager.getConnection(cluster.appUrl());
                  Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = holdfast");
                statement.execute(forbidden);
              }
            });
    assertEquals("42501", refused.getSQLState());
  }

  @ParameterizedTest
  @CsvSource({
    "UPDATE trail_entries SET actor = 'x'",
    "DELETE FROM trail_entries",
    "DELETE FROM trail_seals",
    "UPDATE trail_seals SET sequence = 1"
  })
  void noHandIsMeantTo(String refused) {
    SQLException thrown =
        assertThrows(
            SQLException.class,
            () -> {
              try (Connection connection = DriverManager.getConnection(cluster.superuserUrl());
                  Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = holdfast");
                statement.execute(refused);
              }
            });
    assertEquals("23001", thrown.getSQLState());
  }

  private void add(TenantId whose, Change change) throws SQLException {
    tenants.inTransaction(
        whose,
        handle -> {
          trail.add(handle, whose, ACTOR, RequestOrigin.ofNode(), change);
          return change;
        });
  }

  /// A keeper that is closed seals what there is.
  private void seal() {
    TrailKeeper.open(application, tenants, metrics).close();
  }

  private List<String> inOrderOfSeals(String subject) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(cluster.superuserUrl());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT coalesce(e.state_after ->> 'which', e.state_after ->> 'w')
                FROM holdfast.trail_seals s
                JOIN holdfast.trail_entries e USING (tenant_id, entry_id)
                WHERE e.subject_name = '%s'
                ORDER BY s.sequence
                """
                    .formatted(subject))) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private String assertTold(String check) throws SQLException, IOException {
    StringWriter printed = new StringWriter();
    assertEquals(ExitCode.DIFFERENCES_FOUND, verify(printed), printed::toString);
    assertTrue(printed.toString().contains(check), printed::toString);
    return printed.toString();
  }

  private ExitCode verify(StringWriter printed) throws SQLException, IOException {
    PrintWriter out = new PrintWriter(printed);
    OwnersDatabase database = new OwnersDatabase(Path.of("unused"), Optional.of(owner));
    return new Verification(database, Set.of(), out).run();
  }

  /// Past the application, its triggers and its keys.
  private int byHand(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(cluster.superuserUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute("SET search_path = holdfast");
      return statement.executeUpdate(sql);
    }
  }
}
