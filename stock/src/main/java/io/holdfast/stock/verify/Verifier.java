package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.checkpoint.CheckpointCheck;
import io.holdfast.stock.store.Snapshot;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// All checks of one tenant in one snapshot, so that sales may go on meanwhile.
public final class Verifier implements StockVerifier {
  private final Set<PublicKey> trusted;

  /// @param trusted the keys that may have signed checkpoints; empty: any
  public Verifier(Set<PublicKey> trusted) {
    this.trusted = Set.copyOf(Objects.requireNonNull(trusted, "keys"));
  }

  @Override
  public List<Difference> verifySchema(Connection connection) throws SQLException {
    return SchemaCheck.ofStock(Objects.requireNonNull(connection, "connection"));
  }

  @Override
  public List<Difference> verifySchema(Connection connection, String description)
      throws SQLException {
    return SchemaCheck.differences(
        Objects.requireNonNull(connection, "connection"),
        Objects.requireNonNull(description, "description"));
  }

  @Override
  public String describeSchema(Connection connection) throws SQLException {
    return SchemaCheck.describe(Objects.requireNonNull(connection, "connection"));
  }

  @Override
  public List<Difference> verifyTenant(Connection connection, TenantId tenant) throws SQLException {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(tenant, "tenant");
    try (Snapshot _ = Snapshot.begin(connection, tenant)) {
      List<Difference> differences = new ArrayList<>();
      differences.addAll(LedgerCheck.differences(connection, tenant));
      differences.addAll(ReservedCheck.differences(connection, tenant));
      differences.addAll(TallyCheck.differences(connection, tenant));
      differences.addAll(SealCheck.differences(connection, tenant));
      differences.addAll(CheckpointCheck.differences(connection, tenant, trusted));
      return differences;
    }
  }
}
