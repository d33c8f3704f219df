package io.holdfast.stock;

import io.holdfast.stock.archive.Archiver;
import java.util.Objects;
import javax.sql.DataSource;

/// Moves what is old into the archive, as each tenant has chosen by its [Retention], in small steps
/// and beside running sales. Any number of archivers, in any number of processes, may share one
/// database.
///
/// Nothing is lost by it: a row that leaves its table is in the archive when the statement ends,
/// with its hash and its seal. [StockVerifier] and [StockAuditor] prove the archive with the rest,
/// and [StockReader] shows it.
public interface StockArchiver extends AutoCloseable {

  /// Begins, on a thread of its own.
  ///
  /// @param database whose connections work under a role that has been granted `holdfast_app`. One
  ///   at a time is taken, for a step
  static StockArchiver open(DataSource database, ArchiveSettings settings) {
    return Archiver.start(
        Objects.requireNonNull(database, "database"), Objects.requireNonNull(settings, "settings"));
  }

  /// Returns when the step that is being done has ended, and ends one that takes long by taking its
  /// connection away.
  @Override
  void close();
}
