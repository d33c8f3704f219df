package io.holdfast.stock.testing;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Moves rows of a tenant into the archive, as the archiver does when days have gone by.
record ArchivedByHand(TestDatabase database, TenantId tenant) {

  /// @param which a condition on the rows
  void move(String table, String archive, String which) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("SET session_replication_role = replica; SET search_path = holdfast");
      statement.execute(
          """
          WITH gone AS (DELETE FROM %s WHERE tenant_id = %d AND %s RETURNING *)
          INSERT INTO %s SELECT * FROM gone"""
              .formatted(table, tenant.value(), which, archive));
    }
  }
}
