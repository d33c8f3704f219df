package io.holdfast.stock.checkpoint;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The table of heads that checkpoints state.
public final class HeadRows {
  /// A level whose newest movement is older than one that was stated before has lost movements. The
  /// statement stands, and `verify` tells.
  public static final String HEADS_ADD =
      """
      INSERT INTO holdfast.checkpoint_heads (tenant_id, number, position, sku, location, hash)
      SELECT l.tenant_id, ?, m.position, l.sku, l.location, m.hash
      FROM holdfast.stock_levels l
      CROSS JOIN LATERAL (
          SELECT n.position, n.hash
          FROM holdfast.movements n
          WHERE n.tenant_id = l.tenant_id AND n.sku = l.sku AND n.location = l.location
          ORDER BY n.position DESC LIMIT 1) m
      LEFT JOIN LATERAL (
          SELECT s.position
          FROM holdfast.checkpoint_heads s
          WHERE s.tenant_id = l.tenant_id AND s.sku = l.sku AND s.location = l.location
          ORDER BY s.number DESC LIMIT 1) h ON true
      WHERE l.tenant_id = ? AND m.position > coalesce(h.position, 0)""";

  /// What the checkpoints from a number on have added, one after the other.
  public static final String CHANGES_READ =
      """
      SELECT number, sku, location, position, hash
      FROM holdfast.checkpoint_heads
      WHERE tenant_id = ? AND number >= ?
      ORDER BY number, sku, location""";

  /// All that a checkpoint states.
  public static final String HEADS_READ =
      """
      SELECT DISTINCT ON (sku, location) number, sku, location, position, hash
      FROM holdfast.checkpoint_heads
      WHERE tenant_id = ? AND number <= ?
      ORDER BY sku, location, number DESC""";

  private static final int FETCH_ROWS = 5_000;

  private HeadRows() {}

  /// Answers how many levels have moved since the checkpoint before.
  static int add(Connection transaction, TenantId tenant, long number) throws SQLException {
    try (PreparedStatement statement = transaction.prepareStatement(HEADS_ADD)) {
      statement.setLong(1, number);
      statement.setLong(2, tenant.value());
      return statement.executeUpdate();
    }
  }

  /// Takes heads one after the other; they are never in memory together.
  @FunctionalInterface
  interface Taking<X extends Exception> {
    void take(long number, Head head) throws X;
  }

  /// What all checkpoints have added, one after the other.
  static <X extends Exception> void changes(
      Connection transaction, TenantId tenant, Taking<X> taking) throws SQLException, X {
    changesFrom(transaction, tenant, 0, taking);
  }

  /// The same from one checkpoint on.
  static <X extends Exception> void changesFrom(
      Connection transaction, TenantId tenant, long number, Taking<X> taking)
      throws SQLException, X {
    read(transaction, CHANGES_READ, tenant, number, taking);
  }

  /// All that the checkpoint of this number states.
  static <X extends Exception> void upTo(
      Connection transaction, TenantId tenant, long number, Taking<X> taking)
      throws SQLException, X {
    read(transaction, HEADS_READ, tenant, number, taking);
  }

  private static <X extends Exception> void read(
      Connection transaction, String query, TenantId tenant, long number, Taking<X> taking)
      throws SQLException, X {
    try (PreparedStatement statement = transaction.prepareStatement(query)) {
      statement.setFetchSize(FETCH_ROWS);
      statement.setLong(1, tenant.value());
      statement.setLong(2, number);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taking.take(
              rows.getLong(1),
              new Head(rows.getString(2), rows.getString(3), rows.getLong(4), rows.getBytes(5)));
        }
      }
    }
  }
}
