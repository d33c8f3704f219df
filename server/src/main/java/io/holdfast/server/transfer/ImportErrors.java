package io.holdfast.server.transfer;

import io.holdfast.stock.TenantId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The table `import_errors`. Of an import that has very many the first that were found are enough.
final class ImportErrors {
  static final int MAX_KEPT = 10_000;

  static final String ERRORS_ADD =
      """
      INSERT INTO holdfast.import_errors (tenant_id, import_id, line, column_name, code, message,
          value)
      SELECT ?, ?, new.line, new.column_name, new.code, new.message, new.value
      FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
          AS new (line, column_name, code, message, value)
      ON CONFLICT DO NOTHING
      """;

  static final String ERRORS_READ =
      """
      SELECT line, column_name, code, message, value
      FROM holdfast.import_errors
      WHERE tenant_id = ? AND import_id = ? AND line > ?
      ORDER BY line
      LIMIT ?
      """;

  private ImportErrors() {}

  /// @param before how many it has already
  static void add(Handle handle, TenantId tenant, long id, List<LineFault> faults, long before) {
    long room = Math.max(0, MAX_KEPT - before);
    List<LineFault> kept = faults.stream().limit(room).toList();
    if (!kept.isEmpty()) {
      handle.execute(
          ERRORS_ADD,
          tenant.value(),
          id,
          kept.stream().map(LineFault::line).toArray(Long[]::new),
          kept.stream().map(LineFault::column).toArray(String[]::new),
          kept.stream().map(LineFault::code).toArray(String[]::new),
          kept.stream().map(LineFault::message).toArray(String[]::new),
          kept.stream().map(LineFault::value).toArray(String[]::new));
    }
  }

  static List<LineFault> read(Handle handle, TenantId tenant, long id, long after, int most) {
    return handle
        .createQuery(ERRORS_READ)
        .bind(0, tenant.value())
        .bind(1, id)
        .bind(2, after)
        .bind(3, most)
        .map(
            (row, _) ->
                new LineFault(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5)))
        .list();
  }
}
