package io.holdfast.stock;

import io.holdfast.stock.verify.Verifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Recomputes what the tables claim, in one snapshot per tenant, and lists what differs.
public interface StockVerifier {
  static StockVerifier create() {
    return new Verifier();
  }

  /// Constraints, triggers, policies and rights that must exist.
  List<Difference> verifySchema(Connection connection) throws SQLException;

  /// Ledger against levels, hash chains, reservations against what is reserved.
  List<Difference> verifyTenant(Connection connection, TenantId tenant) throws SQLException;

  /// One thing that is not as it was claimed to be.
  ///
  /// @param check which comparison failed, in words that stay the same
  /// @param row which row, by its key
  record Difference(String check, String row, String expected, String found) {}
}
