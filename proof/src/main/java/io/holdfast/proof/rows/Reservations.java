package io.holdfast.proof.rows;

import io.holdfast.proof.checker.Effect;
import io.holdfast.proof.history.Line;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reservations that a run left behind, found by the customers it named.
final class Reservations {

  private static final String RESERVATION_SELECT =
      """
      SELECT reservation_id, customer, state, skus, quantities, expires_at, ended_at
      FROM holdfast.reservations
      WHERE tenant_id = ? AND starts_with(customer, ?)
      ORDER BY reservation_id
      """;

  private Reservations() {}

  static List<Effect> of(TenantSession session, String customersOf) throws SQLException {
    List<Effect> effects = new ArrayList<>();
    try (PreparedStatement find = session.connection().prepareStatement(RESERVATION_SELECT)) {
      find.setLong(1, session.tenantId());
      find.setString(2, customersOf + "-");
      try (ResultSet row = find.executeQuery()) {
        while (row.next()) {
          effects.add(effect(row));
        }
      }
    }
    return effects;
  }

  private static Effect effect(ResultSet row) throws SQLException {
    String[] skus = (String[]) row.getArray("skus").getArray();
    Long[] quantities = (Long[]) row.getArray("quantities").getArray();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < skus.length; i++) {
      lines.add(new Line(skus[i], quantities[i]));
    }
    return new Effect(
        row.getString("reservation_id"),
        row.getString("customer"),
        row.getString("state"),
        lines,
        instant(row.getTimestamp("expires_at")),
        instant(row.getTimestamp("ended_at")));
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
