package io.holdfast.server.transfer;

import io.holdfast.server.transfer.StoredImport.Place;
import io.holdfast.stock.TenantId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The table `import_lines`: what there is to do, in the order in which it is done.
final class ImportLines {
  static final String LINES_ADD =
      """
      INSERT INTO holdfast.import_lines (tenant_id, import_id, sku, location, line, record)
      SELECT ?, ?, new.sku, new.location, new.line, new.record
      FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[]) AS new (sku, location, line, record)
      """;

  static final String LINES_READ =
      """
      SELECT sku, location, line, record
      FROM holdfast.import_lines
      WHERE tenant_id = ? AND import_id = ? AND (sku, location, line) > (?, ?, ?)
      ORDER BY sku, location, line
      LIMIT ?
      """;

  private ImportLines() {}

  /// A line that could be read.
  record Stored(Place place, String json) {
    long number() {
      return place.line();
    }

    boolean isAboutTheSameAs(Place other) {
      return place.sku().equals(other.sku()) && place.location().equals(other.location());
    }
  }

  static void add(Handle handle, TenantId tenant, long id, List<Stored> lines) {
    if (!lines.isEmpty()) {
      handle.execute(
          LINES_ADD,
          tenant.value(),
          id,
          lines.stream().map(line -> line.place().sku()).toArray(String[]::new),
          lines.stream().map(line -> line.place().location()).toArray(String[]::new),
          lines.stream().map(Stored::number).toArray(Long[]::new),
          lines.stream().map(Stored::json).toArray(String[]::new));
    }
  }

  static List<Stored> read(Handle handle, StoredImport of, Place behind, int most) {
    return handle
        .createQuery(LINES_READ)
        .bind(0, of.tenant().value())
        .bind(1, of.id())
        .bind(2, behind.sku())
        .bind(3, behind.location())
        .bind(4, behind.line())
        .bind(5, most)
        .map(
            (row, _) ->
                new Stored(
                    new Place(row.getString(1), row.getString(2), row.getLong(3)),
                    row.getString(4)))
        .list();
  }
}
