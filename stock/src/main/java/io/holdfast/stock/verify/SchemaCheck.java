package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What must exist for the database to be the second belt: constraints that are validated, triggers
/// that are on, row-level security that is forced, and no right of the application's to change the
/// ledger.
public final class SchemaCheck {
  public static final String CONSTRAINTS_MISSING =
      """
      SELECT wanted.name FROM (VALUES
          ('items_pk'), ('locations_pk'), ('stock_levels_pk'), ('reservations_pk'),
          ('idempotency_keys_pk'), ('movements_pk'),
          ('stock_levels_item'), ('stock_levels_location'),
          ('stock_levels_on_hand_not_negative'), ('stock_levels_reserved_not_negative'),
          ('stock_levels_never_oversold'), ('reservations_state'),
          ('reservations_held_until_ended'), ('reservations_held_expires'),
          ('reservations_whole_lines'), ('movements_kind'))
          AS wanted (name)
      WHERE NOT EXISTS (
          SELECT FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
          WHERE n.nspname = 'holdfast' AND c.conname = wanted.name AND c.convalidated)
      ORDER BY wanted.name""";

  public static final String TABLES_OPEN =
      """
      SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'holdfast'
          AND c.relname IN ('items', 'locations', 'stock_levels', 'reservations',
              'idempotency_keys', 'movements')
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
      ORDER BY c.relname""";

  public static final String LEDGER_RIGHTS =
      """
      SELECT right_to FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS right_to
      WHERE has_table_privilege('holdfast_app', 'holdfast.movements', right_to)""";

  public static final String TRIGGERS_MISSING =
      """
      SELECT 'movements_are_immutable' WHERE NOT EXISTS (
          SELECT FROM pg_trigger
          WHERE tgrelid = 'holdfast.movements'::regclass AND tgname = 'movements_are_immutable'
              AND tgenabled <> 'D')""";

  public static final String KEY_INDEX_MISSING =
      """
      SELECT 'reservations_request_key' WHERE NOT EXISTS (
          SELECT FROM pg_index
          WHERE indexrelid = to_regclass('holdfast.reservations_request_key')
              AND indisunique AND indisvalid)""";

  private SchemaCheck() {}

  static List<Difference> differences(Connection connection) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    differences.addAll(named(connection, CONSTRAINTS_MISSING, "constraint", "there", "missing"));
    differences.addAll(
        named(connection, TABLES_OPEN, "row-level security", "forced", "not forced"));
    differences.addAll(
        named(connection, LEDGER_RIGHTS, "right of holdfast_app on movements", "none", "granted"));
    differences.addAll(named(connection, TRIGGERS_MISSING, "trigger", "on", "missing or off"));
    differences.addAll(
        named(connection, KEY_INDEX_MISSING, "unique index", "there", "missing or invalid"));
    return differences;
  }

  /// A difference for each thing that the query names.
  private static List<Difference> named(
      Connection connection, String query, String check, String expected, String found)
      throws SQLException {
    List<Difference> differences = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        differences.add(new Difference(check, rows.getString(1), expected, found));
      }
    }
    return differences;
  }
}
