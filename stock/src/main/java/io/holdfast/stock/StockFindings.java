package io.holdfast.stock;

import io.holdfast.stock.audit.FindingBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What audits have found and what is to be done about it by a person, in the caller's own
/// transaction. The transaction's tenant must be set already, see [StockRegister#setTenant].
public interface StockFindings {
  /// Keeps nothing, and may be used by any number of threads.
  static StockFindings create() {
    return new FindingBook();
  }

  /// What the tenant's audits have come to.
  TenantStanding standing(Connection transaction, TenantId tenant) throws SQLException;

  /// The levels that are quarantined now, by sku and location.
  ///
  /// @param atMost how many of them
  List<QuarantinedLevel> quarantined(Connection transaction, TenantId tenant, int atMost)
      throws SQLException;

  /// What was found and is still so, as far as is known: until a round that recomputes everything
  /// sees it no longer. In the order in which it was found.
  ///
  /// @param after the id of the last one that was told; 0: from the first
  /// @param atMost how many of them
  List<Finding> findings(Connection transaction, TenantId tenant, long after, int atMost)
      throws SQLException;

  /// Notes that a person knows of a finding, so that nobody is alerted because of it any more. It
  /// stays a finding, and the verifier goes on to tell of it. Who knew of it before is replaced.
  ///
  /// @return what it is now; empty if there is no such finding, or it is so no longer
  Optional<Finding> acknowledge(
      Connection transaction, TenantId tenant, long finding, Actor by, Reason reason)
      throws SQLException;
}
