package io.holdfast.stock;

import io.holdfast.stock.audit.Auditor;
import java.util.Objects;
import javax.sql.DataSource;

/// Goes round all tenants again and again and recomputes what the tables claim, in small steps and
/// beside running sales: what [StockVerifier] does at once. Any number of auditors, in any number
/// of processes, may share one database; a tenant is audited by one of them at a time.
///
/// A stock level that is not what its ledger and the held reservations say is quarantined: nothing
/// moves on it until [Command.Correct] has put it right. What else is found is kept as a finding.
/// Nothing is repaired.
public interface StockAuditor extends AutoCloseable {

  /// Begins to audit, on a thread of its own.
  ///
  /// @param database whose connections work under a role that has been granted `holdfast_app`. One
  ///   at a time is taken, for a step
  static StockAuditor open(DataSource database, AuditSettings settings) {
    return Auditor.start(
        Objects.requireNonNull(database, "database"), Objects.requireNonNull(settings, "settings"));
  }

  /// Returns when the step that is being done has ended, and ends one that takes long by taking its
  /// connection away.
  @Override
  void close();
}
