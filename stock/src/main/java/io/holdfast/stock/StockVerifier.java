package io.holdfast.stock;

import io.holdfast.stock.verify.Verifier;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Recomputes what the tables claim, in one snapshot per tenant, and lists what differs.
public interface StockVerifier {
  /// Keeps nothing, and may be used by any number of threads.
  static StockVerifier create() {
    return new Verifier(Set.of());
  }

  /// The same, which believes no checkpoint that another key has signed.
  ///
  /// @param keys the public keys that may have signed; none: any may have
  static StockVerifier trusting(Set<PublicKey> keys) {
    return new Verifier(keys);
  }

  /// The engine's tables, functions and roles against what they were when they were freshly
  /// migrated: columns, constraints, unique indexes, triggers, policies, rights, definitions.
  List<Difference> verifySchema(Connection connection) throws SQLException;

  /// The same for what somebody else keeps in the schema `holdfast`.
  ///
  /// @param description of it, lines of [#describeSchema]; only the tables, functions and roles in
  ///   it are looked at
  List<Difference> verifySchema(Connection connection, String description) throws SQLException;

  /// Everything in the schema `holdfast`, in lines of text that are the same on each version of
  /// PostgreSQL from 15 to 18. Taken of a freshly migrated database, this is its description.
  String describeSchema(Connection connection) throws SQLException;

  /// Ledger against levels, hash chains, reservations against what is reserved, and all of it
  /// against the checkpoints.
  List<Difference> verifyTenant(Connection connection, TenantId tenant) throws SQLException;

  /// One thing that is not as it was claimed to be.
  ///
  /// @param check which comparison failed, in words that stay the same
  /// @param row which row, by its key
  record Difference(String check, String row, String expected, String found) {
    public Difference {
      Objects.requireNonNull(check, "check");
      Objects.requireNonNull(row, "row");
      Objects.requireNonNull(expected, "expected");
      Objects.requireNonNull(found, "found");
    }
  }
}
