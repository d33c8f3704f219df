package io.holdfast.stock.checkpoint;

import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.Checkpoint.Statement;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The table of checkpoints.
public final class CheckpointRows {
  public static final String CHECKPOINTS_READ =
      """
      SELECT number, CASE WHEN isfinite(made_at)
              THEN (extract(epoch FROM made_at) * 1000000)::bigint END, levels, movements,
          heads_hash, changes_hash, previous_hash, public_key, signature
      FROM holdfast.checkpoints
      WHERE tenant_id = ?
      ORDER BY number""";

  public static final String CHECKPOINT_NEWEST =
      """
      SELECT number, CASE WHEN isfinite(made_at)
              THEN (extract(epoch FROM made_at) * 1000000)::bigint END, levels, movements,
          heads_hash, changes_hash, previous_hash, public_key, signature
      FROM holdfast.checkpoints
      WHERE tenant_id = ?
      ORDER BY number DESC
      LIMIT 1""";

  public static final String CHECKPOINT_FIND =
      """
      SELECT number, CASE WHEN isfinite(made_at)
              THEN (extract(epoch FROM made_at) * 1000000)::bigint END, levels, movements,
          heads_hash, changes_hash, previous_hash, public_key, signature
      FROM holdfast.checkpoints
      WHERE tenant_id = ? AND number = ?""";

  public static final String CHECKPOINT_INSERT =
      """
      INSERT INTO holdfast.checkpoints
          (tenant_id, number, levels, movements, made_at,
           heads_hash, changes_hash, previous_hash, public_key, signature)
      VALUES (?, ?, ?, ?, timestamptz 'epoch' + ? * interval '1 microsecond',
          decode(?, 'hex'), decode(?, 'hex'), decode(?, 'hex'), decode(?, 'hex'),
          decode(?, 'hex'))""";

  private CheckpointRows() {}

  static List<Checkpoint> all(Connection transaction, TenantId tenant) throws SQLException {
    return read(transaction, tenant, CHECKPOINTS_READ, tenant.value());
  }

  static Optional<Checkpoint> newest(Connection transaction, TenantId tenant) throws SQLException {
    return read(transaction, tenant, CHECKPOINT_NEWEST, tenant.value()).stream().findFirst();
  }

  static Optional<Checkpoint> find(Connection transaction, TenantId tenant, long number)
      throws SQLException {
    return read(transaction, tenant, CHECKPOINT_FIND, tenant.value(), number).stream().findFirst();
  }

  private static List<Checkpoint> read(
      Connection transaction, TenantId tenant, String statement, Object... values)
      throws SQLException {
    List<Checkpoint> found = new ArrayList<>();
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(statement, values);
      trip.send();
      try (ResultSet rows = trip.rows()) {
        while (rows.next()) {
          found.add(checkpoint(tenant, rows));
        }
      }
    }
    return found;
  }

  private static Checkpoint checkpoint(TenantId tenant, ResultSet rows) throws SQLException {
    byte[] publicKey = rows.getBytes(8);
    Statement statement =
        new Statement(
            tenant,
            rows.getLong(1),
            Transactions.instant(rows.getLong(2)),
            rows.getLong(3),
            rows.getLong(4),
            rows.getBytes(5),
            rows.getBytes(6),
            rows.getBytes(7),
            Signing.keyId(publicKey));
    return new Checkpoint(statement, publicKey, rows.getBytes(9));
  }

  static void insert(Connection transaction, Checkpoint checkpoint) throws SQLException {
    Statement statement = checkpoint.statement();
    HexFormat hex = HexFormat.of();
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(
          CHECKPOINT_INSERT,
          statement.tenant().value(),
          statement.number(),
          statement.levels(),
          statement.movements(),
          Transactions.micros(statement.madeAt()),
          hex.formatHex(statement.headsHash()),
          hex.formatHex(statement.changesHash()),
          hex.formatHex(statement.previousHash()),
          hex.formatHex(checkpoint.publicKey()),
          hex.formatHex(checkpoint.signature()));
      trip.send();
    }
  }
}
