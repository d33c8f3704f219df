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
      SELECT reservation_id, customer, state, version, skus, locations, quantities,
             coalesce(returned, array_fill(0::bigint, ARRAY[cardinality(skus)])) AS returned,
             created_at, expires_at, ended_at
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
    return new Effect(
        row.getString("reservation_id"),
        row.getString("customer"),
        row.getString("state"),
        row.getLong("version"),
        lines(row, "quantities"),
        lines(row, "returned"),
        new Effect.Times(
            instant(row.getTimestamp("created_at")),
            instant(row.getTimestamp("expires_at")),
            instant(row.getTimestamp("ended_at"))));
  }

  /// The lines of which there is anything, of those quantities.
  private static List<Line> lines(ResultSet row, String quantities) throws SQLException {
    String[] skus = (String[]) row.getArray("skus").getArray();
    @Nullable String[] locations = (@Nullable String[]) row.getArray("locations").getArray();
    Long[] units = (Long[]) row.getArray(quantities).getArray();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < skus.length; i++) {
      if (units[i] > 0) {
        lines.add(new Line(skus[i], locations[i], units[i]));
      }
    }
    return lines;
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
