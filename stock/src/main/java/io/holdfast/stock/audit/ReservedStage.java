package io.holdfast.stock.audit;

import io.holdfast.stock.TenantId;
import io.holdfast.stock.verify.ReservedCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/// Holds what the held reservations claim against what the levels say is reserved: the one stage of
/// a single step, since a sum has to be of one moment.
final class ReservedStage implements Stage {
  private final TenantId tenant;
  private final Consumer<LevelName> suspects;

  ReservedStage(TenantId tenant, Consumer<LevelName> suspects) {
    this.tenant = tenant;
    this.suspects = suspects;
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    try (PreparedStatement statement = snapshot.prepareStatement(ReservedCheck.RESERVED_COMPARE)) {
      statement.setLong(1, tenant.value());
      statement.setLong(2, tenant.value());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          suspects.accept(new LevelName(row.getString(4), row.getString(5)));
        }
      }
    }
    return false;
  }
}
