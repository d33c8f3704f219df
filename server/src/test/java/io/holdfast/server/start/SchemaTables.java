package io.holdfast.server.start;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What the catalogue of the database says of the tables that there are, so that one which is added
/// later is held to the same without anybody thinking of it.
final class SchemaTables {
  private static final String TABLES =
      """
      SELECT relname FROM pg_class
      WHERE relnamespace = 'holdfast'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
      """;

  private static final String OTHER_RELATIONS =
      """
      SELECT relname FROM pg_class
      WHERE relnamespace = 'holdfast'::regnamespace AND relkind IN ('v', 'm', 'f')
      """;

  private static final String KEY_COLUMNS =
      """
      SELECT a.attname
      FROM pg_constraint c
      CROSS JOIN unnest(c.conkey) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number
      WHERE c.conrelid = ('holdfast.' || ?)::regclass AND c.contype = 'p'
      ORDER BY k.place
      """;

  // Of those that refer to a table with a tenant.
  private static final String REFERENCES_PAST_THE_TENANT =
      """
      SELECT c.conname
      FROM pg_constraint c
      JOIN pg_attribute there ON there.attrelid = c.confrelid AND there.attname = 'tenant_id'
      JOIN pg_attribute here ON here.attrelid = c.conrelid AND here.attname = 'tenant_id'
      WHERE c.conrelid = ('holdfast.' || ?)::regclass AND c.contype = 'f'
        AND NOT (here.attnum = c.conkey[1] AND there.attnum = c.confkey[1])
      """;

  private static final String SECURITY =
      """
      SELECT relrowsecurity::text || ' ' || relforcerowsecurity::text FROM pg_class
      WHERE oid = ('holdfast.' || ?)::regclass
      """;

  private static final String POLICIES =
      """
      SELECT p.polcmd::text || ' ' || p.polpermissive || ' to '
          || coalesce((SELECT string_agg(r.rolname, ',') FROM pg_roles r
              WHERE r.oid = ANY (p.polroles)), 'everybody')
          || ' using ' || coalesce(pg_get_expr(p.polqual, p.polrelid), 'nothing')
          || ' check ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'the same')
      FROM pg_policy p WHERE p.polrelid = ('holdfast.' || ?)::regclass ORDER BY p.polname
      """;

  private static final String RIGHTS =
      """
      SELECT right_name
      FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES',
          'TRIGGER']) AS r (right_name)
      WHERE has_table_privilege('holdfast_node', 'holdfast.' || ?, right_name)
        OR (right_name IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
            AND has_any_column_privilege('holdfast_node', 'holdfast.' || ?, right_name))
      """;

  private static final String GUARDED_AGAINST_CHANGE =
      """
      SELECT DISTINCT c.relname
      FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid
      JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE c.relnamespace = 'holdfast'::regnamespace
        AND p.proname IN ('refuse_change', 'refuse_rewriting')
        AND t.tgtype & 8 = 8 AND t.tgtype & 16 = 16 AND t.tgtype & 32 = 32
      ORDER BY c.relname
      """;

  private static final String COLUMNS =
      """
      SELECT a.attname, format_type(a.atttypid, NULL) AS type,
          has_column_privilege('holdfast_node', a.attrelid, a.attnum, 'INSERT') AS is_insertable
      FROM pg_attribute a
      WHERE a.attrelid = ('holdfast.' || ?)::regclass AND a.attnum > 0
        AND NOT a.attisdropped AND a.attgenerated = ''
      ORDER BY a.attnum
      """;

  private static final String CHECKS =
      """
      SELECT conname FROM pg_constraint
      WHERE conrelid = ('holdfast.' || ?)::regclass AND contype = 'c'
      """;

  private final Connection connection;

  SchemaTables(Connection connection) {
    this.connection = connection;
  }

  /// @param isInsertable by the application
  record Column(String name, String type, boolean isInsertable) {}

  List<String> all() throws SQLException {
    return texts(TABLES);
  }

  /// Whatever shows rows and is no table: it would need rules of its own.
  List<String> otherRelations() throws SQLException {
    return texts(OTHER_RELATIONS);
  }

  List<String> keyColumns(String table) throws SQLException {
    return texts(KEY_COLUMNS, table);
  }

  /// Foreign keys by which a row could refer to one of another tenant.
  List<String> referencesPastTheTenant(String table) throws SQLException {
    return texts(REFERENCES_PAST_THE_TENANT, table);
  }

  /// Whether row-level security is enabled, and whether it is forced.
  String security(String table) throws SQLException {
    return texts(SECURITY, table).getFirst();
  }

  List<String> policies(String table) throws SQLException {
    return texts(POLICIES, table);
  }

  /// Of the login that serves, on the table or on any of its columns.
  List<String> rights(String table) throws SQLException {
    return texts(RIGHTS, table, table);
  }

  /// Tables on which the database refuses every UPDATE, DELETE and TRUNCATE.
  List<String> guardedAgainstChange() throws SQLException {
    return texts(GUARDED_AGAINST_CHANGE);
  }

  List<String> checks(String table) throws SQLException {
    return texts(CHECKS, table);
  }

  List<Column> columns(String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(
              new Column(
                  rows.getString("attname"),
                  rows.getString("type"),
                  rows.getBoolean("is_insertable")));
        }
      }
    }
    return columns;
  }

  private List<String> texts(String query, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    }
  }
}
