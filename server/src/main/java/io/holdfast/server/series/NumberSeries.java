package io.holdfast.server.series;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table `number_series`.
final class NumberSeries {
  static final String SERIES_FIND =
      """
      SELECT pattern, gapless, last_number, last_on, version
      FROM holdfast.number_series
      WHERE tenant_id = ? AND series = ?
      """;

  static final String SERIES_LOCK =
      """
      SELECT pattern, gapless, last_number, last_on, version
      FROM holdfast.number_series
      WHERE tenant_id = ? AND series = ?
      FOR UPDATE
      """;

  /// Nothing is locked of a series that is not gapless.
  static final String GAPLESS_LOCK =
      """
      SELECT pattern, gapless, last_number, last_on, version
      FROM holdfast.number_series
      WHERE tenant_id = ? AND series = ? AND gapless
      FOR UPDATE
      """;

  static final String SERIES_INSERT =
      """
      INSERT INTO holdfast.number_series (tenant_id, series, pattern)
      VALUES (?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  static final String NUMBERS_TAKEN =
      """
      UPDATE holdfast.number_series SET last_number = ?, last_on = ?
      WHERE tenant_id = ? AND series = ?
      """;

  static final String PATTERN_SET =
      """
      UPDATE holdfast.number_series
      SET pattern = ?, gapless = ?, last_number = ?, version = version + 1
      WHERE tenant_id = ? AND series = ?
      """;

  private NumberSeries() {}

  /// A row.
  ///
  /// @param isGapless whether numbers are taken with what is numbered, and not in advance
  /// @param last number given out, or taken in advance
  /// @param lastOn the day of it, in UTC; null: none was given out yet
  /// @param version counts how often the pattern was chosen
  record Stored(
      NumberPattern pattern,
      boolean isGapless,
      long last,
      @Nullable LocalDate lastOn,
      long version) {}

  static Stored read(Connection connection, TenantId tenant, Series series) throws SQLException {
    return one(connection, SERIES_FIND, tenant, series)
        .orElseGet(() -> new Stored(series.usual(), true, 0, null, 0));
  }

  /// Nobody else takes numbers of it until the transaction ends.
  static Stored lock(Connection connection, TenantId tenant, Series series) throws SQLException {
    Optional<Stored> found = one(connection, SERIES_LOCK, tenant, series);
    if (found.isPresent()) {
      return found.get();
    }
    try (PreparedStatement insert = connection.prepareStatement(SERIES_INSERT)) {
      insert.setLong(1, tenant.value());
      insert.setString(2, series.code());
      insert.setString(3, series.usual().text());
      insert.executeUpdate();
    }
    return one(connection, SERIES_LOCK, tenant, series)
        .orElseThrow(() -> new IllegalStateException("the series can't be seen"));
  }

  /// A series as it is, and whether it is locked.
  record Met(Stored stored, boolean isLocked) {}

  /// Locked, unless numbers of it are taken in advance.
  static Met lockUnlessFast(Connection connection, TenantId tenant, Series series)
      throws SQLException {
    Optional<Stored> gapless = one(connection, GAPLESS_LOCK, tenant, series);
    if (gapless.isPresent()) {
      return new Met(gapless.get(), true);
    }
    Optional<Stored> found = one(connection, SERIES_FIND, tenant, series);
    return found.isPresent() && !found.get().isGapless()
        ? new Met(found.get(), false)
        : new Met(lock(connection, tenant, series), true);
  }

  private static Optional<Stored> one(
      Connection connection, String query, TenantId tenant, Series series) throws SQLException {
    try (PreparedStatement read = connection.prepareStatement(query)) {
      read.setLong(1, tenant.value());
      read.setString(2, series.code());
      try (ResultSet row = read.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Stored(
                    new NumberPattern(row.getString(1)),
                    row.getBoolean(2),
                    row.getLong(3),
                    row.getObject(4, LocalDate.class),
                    row.getLong(5)))
            : Optional.empty();
      }
    }
  }

  static void take(Connection connection, TenantId tenant, Series series, long last, LocalDate on)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(NUMBERS_TAKEN)) {
      update.setLong(1, last);
      update.setObject(2, on);
      update.setLong(3, tenant.value());
      update.setString(4, series.code());
      update.executeUpdate();
    }
  }

  /// @param last number from which it is counted on
  static void choose(
      Connection connection, TenantId tenant, Series series, SeriesBodies.Choice choice, long last)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(PATTERN_SET)) {
      update.setString(1, choice.pattern().text());
      update.setBoolean(2, choice.isGapless());
      update.setLong(3, last);
      update.setLong(4, tenant.value());
      update.setString(5, series.code());
      update.executeUpdate();
    }
  }
}
