package io.holdfast.server.housekeeping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.server.start.MigratedDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is over goes, and nothing else, by the rights of the role that serves.
class HousekeeperTest {
  private static final MigratedDatabase DATABASE = MigratedDatabase.shared();

  private final Jdbi superuser = Jdbi.create(DATABASE::connectAsSuperuser);
  private final Housekeeper housekeeper =
      new Housekeeper(Jdbi.create(DATABASE::connectAsApplication));
  private long tenant;

  @BeforeEach
  void addTenant() {
    tenant =
        superuser.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        INSERT INTO holdfast.tenants (slug, name)
                        VALUES ('tidy-' || gen_random_uuid(), 'Tidy') RETURNING tenant_id
                        """)
                    .mapTo(Long.class)
                    .one());
  }

  /// A session of a user of its own.
  ///
  /// @param endedAgo a time; empty: it lives
  private void addSession(String name, String endedAgo, int tokens) {
    superuser.useTransaction(
        handle -> {
          long user =
              handle
                  .createQuery(
                      """
                      INSERT INTO holdfast.users (tenant_id, username, username_key, email, name)
                      VALUES (?, ?, ?, 'a@b', 'A') RETURNING user_id
                      """)
                  .bind(0, tenant)
                  .bind(1, name)
                  .bind(2, name)
                  .mapTo(Long.class)
                  .one();
          handle.execute(
              """
              INSERT INTO holdfast.sessions
                  (tenant_id, session_id, user_id, address, expires_at, ended_at)
              VALUES (?, md5(?)::uuid, ?, ?, clock_timestamp() + interval '1 day',
                  clock_timestamp() - nullif(?, '')::interval)
              """,
              tenant,
              name,
              user,
              name,
              endedAgo);
          handle.execute(
              """
              INSERT INTO holdfast.refresh_tokens (tenant_id, token_hash, session_id, expires_at)
              SELECT ?, sha256((? || n)::bytea), md5(?)::uuid, clock_timestamp()
              FROM generate_series(1, ?) n
              """,
              tenant,
              name,
              name,
              tokens);
          handle.execute(
              """
              INSERT INTO holdfast.console_sessions
                  (tenant_id, token_hash, session_id, idle_seconds)
              VALUES (?, sha256(?::bytea), md5(?)::uuid, 60)
              """,
              tenant,
              name,
              name);
        });
  }

  private List<String> texts(String query) {
    return superuser.withHandle(
        handle -> handle.createQuery(query).bind(0, tenant).mapTo(String.class).list());
  }

  private void insert(String statement, Object... values) {
    superuser.useHandle(handle -> handle.execute(statement, values));
  }

  @Test
  void aSessionIsRememberedForThirtyDaysAndGoesWithItsTokens() {
    addSession("living", "", 3);
    addSession("remembered", "29 days 23 hours", 3);
    addSession("over", "30 days 1 hour", 3);
    housekeeper.round();
    List<String> staying = List.of("living", "remembered");
    assertEquals(
        staying,
        texts("SELECT address FROM holdfast.sessions WHERE tenant_id = ? ORDER BY address"));
    assertEquals(
        staying,
        texts(
            """
            SELECT s.address FROM holdfast.console_sessions c
            JOIN holdfast.sessions s USING (tenant_id, session_id)
            WHERE tenant_id = ? ORDER BY s.address
            """));
    assertEquals(
        List.of("6"), texts("SELECT count(*) FROM holdfast.refresh_tokens WHERE tenant_id = ?"));
  }

  @Test
  void oneRoundTakesAllOfItHoweverMuch() {
    addSession("long", "60 days", 2_500);
    housekeeper.round();
    assertEquals(List.of("0"), texts("SELECT count(*) FROM holdfast.sessions WHERE tenant_id = ?"));
  }

  /// @param finishedAgo empty: its file comes in
  private void addImport(String name, String finishedAgo, String touchedAgo, int lines) {
    superuser.useTransaction(
        handle -> {
          long id =
              handle
                  .createQuery(
                      """
                      INSERT INTO holdfast.imports (tenant_id, kind, format, dry_run, on_error,
                          actor, request_id, address, state, finished_at, touched_at)
                      VALUES (?, 'items', 'csv', false, 'skip', ?, 'none', 'none',
                          CASE WHEN ? = '' THEN 'uploading' ELSE 'done' END,
                          clock_timestamp() - nullif(?, '')::interval,
                          clock_timestamp() - ?::interval)
                      RETURNING import_id
                      """)
                  .bind(0, tenant)
                  .bind(1, name)
                  .bind(2, finishedAgo)
                  .bind(3, finishedAgo)
                  .bind(4, touchedAgo)
                  .mapTo(Long.class)
                  .one();
          handle.execute(
              """
              INSERT INTO holdfast.import_lines (tenant_id, import_id, sku, location, line, record)
              SELECT ?, ?, 'sku-' || n, '', n, '{}' FROM generate_series(1, ?) n
              """,
              tenant,
              id,
              lines);
          handle.execute(
              """
              INSERT INTO holdfast.import_errors (tenant_id, import_id, line, code, message)
              VALUES (?, ?, 1, 'invalid_value', ?)
              """,
              tenant,
              id,
              name);
        });
  }

  @Test
  void linesOfAnImportGoAtItsEndAndTheRestThirtyDaysAfter() {
    addImport("coming", "", "1 minute", 3);
    addImport("cut off", "", "61 minutes", 3);
    addImport("done", "1 second", "1 second", 1_500);
    addImport("over", "30 days 1 hour", "30 days 1 hour", 3);
    housekeeper.round();
    assertEquals(
        List.of("coming", "done"),
        texts("SELECT actor FROM holdfast.imports WHERE tenant_id = ? ORDER BY actor"));
    assertEquals(
        List.of("coming", "coming", "coming"),
        texts(
            """
            SELECT i.actor FROM holdfast.import_lines l JOIN holdfast.imports i
                USING (tenant_id, import_id)
            WHERE tenant_id = ? ORDER BY i.actor
            """));
    assertEquals(
        List.of("coming", "done"),
        texts("SELECT message FROM holdfast.import_errors WHERE tenant_id = ? ORDER BY message"));
  }

  @Test
  void invitationsGoWhenTheyAreUsedOrTooOld() {
    String add =
        """
        INSERT INTO holdfast.invitations (tenant_id, token_hash, expires_at, used_at)
        VALUES (?, sha256(?::bytea), clock_timestamp() + ?::interval,
            clock_timestamp() - nullif(?, '')::interval)
        """;
    insert(add, tenant, "good", "1 minute", "");
    insert(add, tenant, "used", "1 minute", "1 second");
    insert(add, tenant, "old", "-1 second", "");
    housekeeper.round();
    assertEquals(
        texts("SELECT encode(sha256('good'), 'hex') WHERE ? IS NOT NULL"),
        texts("SELECT encode(token_hash, 'hex') FROM holdfast.invitations WHERE tenant_id = ?"));
  }

  @Test
  void aCountOfAttemptsGoesWhenItsWindowIsOverAndNobodyCountsInIt() {
    String add =
        """
        INSERT INTO holdfast.login_attempts (tenant_id, subject, window_ends_at, attempts)
        VALUES (?, gen_random_uuid(), clock_timestamp() + ?::interval, ?)
        """;
    insert(add, tenant, "1 minute", 1);
    insert(add, tenant, "-1 second", 2);
    insert(add, tenant, "-1 second", 3);
    String left =
        "SELECT attempts FROM holdfast.login_attempts WHERE tenant_id = ? ORDER BY attempts";
    try (Handle counting = superuser.open()) {
      counting.begin();
      counting.execute(
          "SELECT FROM holdfast.login_attempts WHERE tenant_id = ? AND attempts = 3 FOR UPDATE",
          tenant);
      housekeeper.round();
      assertEquals(List.of("1", "3"), texts(left));
      counting.rollback();
    }
    housekeeper.round();
    assertEquals(List.of("1"), texts(left));
  }

  @Test
  void publicKeysGoWhenNothingIsSignedWithThem() {
    String add =
        """
        INSERT INTO holdfast.signing_keys (key_id, public_key, expires_at)
        VALUES (md5(?)::uuid, '', clock_timestamp() + ?::interval)
        """;
    insert(add, "young" + tenant, "1 minute");
    insert(add, "old" + tenant, "-1 second");
    housekeeper.round();
    assertEquals(
        List.of("young"),
        texts(
            """
            SELECT w FROM holdfast.signing_keys k, unnest(ARRAY['young', 'old']) w
            WHERE k.key_id = md5(w || ?)::uuid
            """));
  }

  @Test
  void noncesAndBucketsGoWhetherOrNotAnybodyStillAsks() {
    String add =
        """
        INSERT INTO holdfast.machine_nonces (tenant_id, key_id, nonce, seen_at)
        VALUES (?, 'robot', ?, clock_timestamp() - ?::interval)
        """;
    insert(add, tenant, "seen-a-while-ago", "14 minutes");
    insert(add, tenant, "seen-a-long-time-ago", "16 minutes");
    insert(
        """
        INSERT INTO holdfast.rate_buckets (tenant_id, bucket_id, micro_tokens, refilled_at)
        VALUES (?, gen_random_uuid(), 0, clock_timestamp() - interval '3 hours')
        """,
        tenant);
    housekeeper.round();
    assertEquals(
        List.of("seen-a-while-ago"),
        texts("SELECT nonce FROM holdfast.machine_nonces WHERE tenant_id = ?"));
    assertEquals(
        List.of("0"), texts("SELECT count(*) FROM holdfast.rate_buckets WHERE tenant_id = ?"));
  }

  /// @param keysDays what the tenant chose; empty: nothing, NULL: for ever
  @ParameterizedTest
  @CsvSource({"'', '1,3,5'", "NULL, '1,3,5'", "4, '1,3'", "1, ''", "10, '1,3,5'"})
  void answersAreKeptForAsLongAsTheTenantChose(String keysDays, String left) {
    if (!keysDays.isEmpty()) {
      insert(
          """
          INSERT INTO holdfast.retentions (tenant_id, version, keys_days)
          VALUES (?, 1, nullif(?, 'NULL')::integer)
          """,
          tenant,
          keysDays);
    }
    for (int days : List.of(1, 3, 5)) {
      insert(
          """
          INSERT INTO holdfast.request_answers
              (tenant_id, request_key, request_fingerprint, answered_at, status, body)
          VALUES (?, gen_random_uuid(), gen_random_uuid(),
              clock_timestamp() - ? * interval '1 day', ?, '')
          """,
          tenant,
          days,
          days);
    }
    housekeeper.round();
    String query =
        "SELECT status FROM holdfast.request_answers WHERE tenant_id = ? ORDER BY status";
    assertEquals(left, String.join(",", texts(query)));
  }

  @Test
  void whatOneNodeIsAboutToTakeAnotherLeaves() throws SQLException {
    addSession("over", "31 days", 1);
    try (var first = DATABASE.connectAsApplication();
        var statement = first.createStatement()) {
      first.setAutoCommit(false);
      statement.execute("SELECT holdfast.forget('refresh_tokens', 10)");
      IntStream.range(0, 3).forEach(_ -> housekeeper.round());
      first.rollback();
    }
    assertEquals(
        List.of("over"), texts("SELECT address FROM holdfast.sessions WHERE tenant_id = ?"));
    housekeeper.round();
    assertEquals(List.of(), texts("SELECT address FROM holdfast.sessions WHERE tenant_id = ?"));
  }
}
