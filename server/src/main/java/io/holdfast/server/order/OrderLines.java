package io.holdfast.server.order;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The table `order_lines`.
final class OrderLines {
  static final String LINES_READ =
      """
      SELECT order_id, sku, name, unit_price, quantity, fulfilled, cancelled, returned
      FROM holdfast.order_lines
      WHERE tenant_id = ? AND order_id = ANY (?)
      ORDER BY order_id, line
      """;

  static final String LINES_INSERT =
      """
      INSERT INTO holdfast.order_lines
          (tenant_id, order_id, line, sku, name, unit_price, quantity)
      SELECT ?, u.order_id, u.line, u.sku, u.name, u.unit_price, u.quantity
      FROM unnest(?::uuid[], ?::integer[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
          AS u (order_id, line, sku, name, unit_price, quantity)
      """;

  static final String LINES_UPDATE =
      """
      UPDATE holdfast.order_lines l
      SET fulfilled = u.fulfilled, cancelled = u.cancelled, returned = u.returned
      FROM unnest(?::uuid[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[])
          AS u (order_id, line, fulfilled, cancelled, returned)
      WHERE l.tenant_id = ? AND l.order_id = u.order_id AND l.line = u.line
          AND (l.fulfilled, l.cancelled, l.returned) <> (u.fulfilled, u.cancelled, u.returned)
      """;

  private OrderLines() {}

  /// A line and where it stands.
  private record Place(ReservationId order, int line, OrderLine of) {
    static List<Place> all(Map<ReservationId, List<OrderLine>> lines) {
      List<Place> places = new ArrayList<>();
      lines.forEach(
          (order, each) -> {
            for (int i = 0; i < each.size(); i++) {
              places.add(new Place(order, i + 1, each.get(i)));
            }
          });
      return places;
    }
  }

  static Map<ReservationId, List<OrderLine>> read(
      Connection transaction, TenantId tenant, UUID[] orders) throws SQLException {
    Map<ReservationId, List<OrderLine>> lines = new HashMap<>();
    try (PreparedStatement read = transaction.prepareStatement(LINES_READ)) {
      read.setLong(1, tenant.value());
      read.setArray(2, transaction.createArrayOf("uuid", orders));
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          ReservationId order = new ReservationId(row.getObject(1, UUID.class));
          lines.computeIfAbsent(order, _ -> new ArrayList<>()).add(line(row));
        }
      }
    }
    return lines;
  }

  private static OrderLine line(ResultSet row) throws SQLException {
    return new OrderLine(
        new Sku(row.getString(2)),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8));
  }

  /// @param lines by their order, which is added in the same transaction
  static void add(
      Connection transaction, TenantId tenant, Map<ReservationId, List<OrderLine>> lines)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(LINES_INSERT)) {
      Columns<Place> columns = new Columns<>(transaction, insert, Place.all(lines));
      insert.setLong(1, tenant.value());
      columns.set(2, "uuid", place -> place.order().value());
      columns.set(3, "integer", Place::line);
      columns.set(4, "text", place -> place.of().sku().value());
      columns.set(5, "text", place -> place.of().name());
      columns.set(6, "bigint", place -> place.of().unitPrice());
      columns.set(7, "bigint", place -> place.of().quantity());
      insert.executeUpdate();
    }
  }

  /// @param lines by their order
  static void change(
      Connection transaction, TenantId tenant, Map<ReservationId, List<OrderLine>> lines)
      throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(LINES_UPDATE)) {
      Columns<Place> columns = new Columns<>(transaction, update, Place.all(lines));
      columns.set(1, "uuid", place -> place.order().value());
      columns.set(2, "integer", Place::line);
      columns.set(3, "bigint", place -> place.of().fulfilled());
      columns.set(4, "bigint", place -> place.of().cancelled());
      columns.set(5, "bigint", place -> place.of().returned());
      update.setLong(6, tenant.value());
      update.executeUpdate();
    }
  }
}
