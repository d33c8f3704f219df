package io.holdfast.stock.testing;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.store.DueReservations;
import io.holdfast.stock.store.FoundReservations;
import io.holdfast.stock.store.IdempotencyKeys;
import io.holdfast.stock.store.Movements;
import io.holdfast.stock.store.Policies;
import io.holdfast.stock.store.Reservations;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.Tallies;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The plans of the hot path reach every row by its whole key: on a database that is empty, that
/// was filled and never analysed, and that is lopsided. They are generic plans, so they are the
/// same for one command and for a thousand.
class PlansTest {
  private static final Map<String, String> KEY_CONDITION_BY_STATEMENT =
      Map.ofEntries(
          entry(
              StockLevels.LEVELS_LOCK,
              "(sku = k.sku) AND (location >= k.first) AND (location <= k.last)"),
          entry(StockLevels.LEVELS_LOCK_UNHELD, "(sku = k.sku) AND (location = p.location)"),
          entry(
              StockLevels.LEVELS_READ,
              "(sku = k.sku) AND (location >= k.first) AND (location <= k.last)"),
          entry(
              StockLevels.LEVELS_COUNT,
              "(sku = k.sku) AND (location >= k.first) AND (location <= k.last)"),
          entry(FoundReservations.RESERVATIONS_LOCK, "(reservation_id = k.id)"),
          entry(FoundReservations.RESERVATIONS_LOCK_UNHELD, "(reservation_id = k.id)"),
          entry(FoundReservations.RESERVATIONS_READ, "(reservation_id = k.id)"),
          entry(FoundReservations.RESERVATION_READ, "(reservation_id = $2)"),
          entry(FoundReservations.RESERVATIONS_LIST, "(reservation_id < $2)"),
          entry(FoundReservations.RESERVATIONS_LIST_OF, "(reservation_id < $3)"),
          entry(FoundReservations.RESERVATION_KEYS_FIND, "(request_key = k.request_key)"),
          entry(IdempotencyKeys.KEYS_FIND, "(request_key = k.request_key)"),
          entry(Reservations.RESERVATIONS_END, "(reservation_id = ANY ($5))"),
          entry(Reservations.RESERVATION_REWRITE, "(reservation_id = $13)"),
          entry(Policies.POLICY_READ, "(tenant_id = $1)"),
          entry(Tallies.TALLIES_LOCK, "(customer = k.customer)"),
          entry(Tallies.TALLIES_LOCK_UNHELD, "(customer = e.customer)"),
          entry(Tallies.TALLIES_READ, "(customer = k.customer)"),
          entry(Tallies.TALLIES_WRITE, "Conflict Arbiter Indexes: customer_tallies_pk"),
          entry(StockLevels.LEVELS_WRITE, "Conflict Arbiter Indexes: stock_levels_pk"),
          entry(StockLevels.LEVEL_WRITE_UNCHANGED, "(sku = $8) AND (location = $9)"),
          entry(StockLevels.LEVEL_INSERT, "Conflict Arbiter Indexes: stock_levels_pk"),
          entry(StockLevels.LEVEL_GUARD, "(sku = $4) AND (location = $5)"),
          entry(Reservations.RESERVATION_END_UNCHANGED, "(reservation_id = $6)"),
          entry(
              Reservations.RESERVATIONS_INSERT,
              "Conflict Arbiter Indexes: reservations_request_key"),
          entry(
              Reservations.RESERVATION_INSERT,
              "Conflict Arbiter Indexes: reservations_request_key"),
          entry(Movements.MOVEMENT_INSERT, "Result"),
          entry(IdempotencyKeys.KEYS_INSERT, "Conflict Arbiter Indexes: idempotency_keys_pk"),
          entry(Movements.MOVEMENTS_INSERT, "Function Scan on m"),
          entry(Movements.LEVEL_FIND, "(tenant_id = $5) AND (sku = $6) AND (location = $7)"),
          entry(
              Movements.MOVEMENTS_NEWEST, "(sku = $2) AND (location = $3) AND (\"position\" < $4)"),
          entry(
              Movements.MOVEMENTS_OLDEST, "(sku = $2) AND (location = $3) AND (\"position\" > $4)"),
          entry(
              Movements.LEVELS_AS_OF,
              "(location = l.location) AND (\"position\" >= (d.found + d.step))"),
          entry(
              DueReservations.PAGE_FIND,
              "(expires_at <= statement_timestamp()) AND (ROW(expires_at, reservation_id) > ROW("));

  /// A sort, other than the order in which an index gives rows to a merge.
  private static final Pattern SORT = Pattern.compile("\\bSort\\b(?! Key)");

  /// Works on with the rights and the settings of the function, and reads what it does.
  private static final String DUE_TENANTS_ENTER =
      """
      SELECT prosrc, set_config('role', proowner::regrole::text, false),
          (SELECT count(set_config(split_part(s, '=', 1), split_part(s, '=', 2), false))
              FROM unnest(proconfig) s WHERE s NOT LIKE 'search_path%')
      FROM pg_proc WHERE proname = 'due_tenants'""";

  private static final String FILL =
      """
      INSERT INTO holdfast.items (tenant_id, sku, tracked)
          SELECT t, 'sku' || i, true
          FROM generate_series(1, 3) t, generate_series(1, CASE t WHEN 1 THEN 20000 ELSE 5 END) i;
      INSERT INTO holdfast.locations (tenant_id, location) SELECT generate_series(1, 3), 'main';
      INSERT INTO holdfast.stock_levels
          (tenant_id, sku, location, on_hand, reserved, version, chain_hash)
          SELECT tenant_id, sku, 'main', 100, 0, 1, '' FROM holdfast.items;
      INSERT INTO holdfast.reservations
          (tenant_id, reservation_id, request_key, created_at, expires_at, state, actor, skus,
           locations, quantities)
          SELECT tenant_id, gen_random_uuid(), gen_random_uuid(), now(), now(), 'held', 'x',
              ARRAY[sku], ARRAY['main'], ARRAY[1]
          FROM holdfast.items;
      INSERT INTO holdfast.movements
          (tenant_id, position, on_hand_change, reserved_change, on_hand_after, reserved_after,
           recorded_at, kind, sku, location, actor, hash)
          SELECT 2, p, 1, 0, p, 0, now(), 'receive', 'sku1', 'main', 'x', ''
          FROM generate_series(1, 20000) p""";

  @Test
  void everyRowIsReachedByItsWholeKey() throws SQLException {
    TestDatabase fresh = TestDatabase.shared().beside("plans");
    try (Connection superuser = fresh.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("ALTER TABLE holdfast.stock_levels SET (autovacuum_enabled = off)");
      statement.execute("ALTER TABLE holdfast.reservations SET (autovacuum_enabled = off)");
      statement.execute("ALTER TABLE holdfast.movements SET (autovacuum_enabled = off)");
      checkPlans(fresh, "empty");
      statement.execute(FILL);
      checkPlans(fresh, "never analysed");
      statement.execute("ANALYZE");
      checkPlans(fresh, "lopsided");
      statement.execute("DELETE FROM holdfast.stock_levels WHERE tenant_id = 1");
      checkPlans(fresh, "emptied after it was analysed");
    }
  }

  private static void checkPlans(TestDatabase database, String state) throws SQLException {
    checkDueTenants(database, state);
    for (Map.Entry<String, String> expected : KEY_CONDITION_BY_STATEMENT.entrySet()) {
      String plan = plan(database, expected.getKey());
      String message = state + "\n" + expected.getKey() + "\n" + plan;
      assertTrue(plan.contains(expected.getValue()), message);
      assertFalse(plan.contains("Seq Scan") || plan.contains("Bitmap"), message);
      assertFalse(SORT.matcher(plan).find(), message);
      assertFalse(plan.contains("Hash Join") || plan.contains("Merge Join"), message);
    }
  }

  /// What is planned inside of the function, with its owner's rights and its settings.
  private static void checkDueTenants(TestDatabase database, String state) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      String body;
      try (ResultSet rows = statement.executeQuery(DUE_TENANTS_ENTER)) {
        rows.next();
        body = rows.getString(1);
      }
      String plan = explained(statement, "EXPLAIN (COSTS OFF) " + body);
      String message = state + "\n" + plan;
      assertTrue(plan.contains("Index Cond: (tenant_id > f_1.tenant_id)"), message);
      assertFalse(plan.contains("Seq Scan") || plan.contains("Bitmap"), message);
      assertFalse(SORT.matcher(plan).find(), message);
    }
  }

  private static String explained(Statement statement, String explain) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(explain)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return String.join("\n", lines);
  }

  /// The generic plan, in a session that knows nothing yet and has the settings of the engine's.
  private static String plan(TestDatabase database, String sql) throws SQLException {
    try (Connection simple = database.connectWith("preferQueryMode", "simple");
        Statement statement = simple.createStatement()) {
      simple.setAutoCommit(false);
      statement.execute(
          "SELECT set_config('holdfast.tenant_id', '2', true),"
              + " set_config('plan_cache_mode', 'force_generic_plan', true),"
              + " set_config('enable_seqscan', 'off', true)");
      String plan = explained(statement, "EXPLAIN (GENERIC_PLAN, COSTS OFF) " + numbered(sql));
      simple.rollback();
      return plan;
    }
  }

  /// PostgreSQL's own placeholders, which EXPLAIN takes without values.
  private static String numbered(String sql) {
    Matcher placeholder = Pattern.compile("\\?").matcher(sql);
    int[] number = {0};
    return placeholder.replaceAll(_ -> Matcher.quoteReplacement("$" + ++number[0]));
  }
}
