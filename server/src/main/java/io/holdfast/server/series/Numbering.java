package io.holdfast.server.series;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// How numbers are given out.
@FunctionalInterface
public interface Numbering {
  /// Takes the next numbers of a series, one for each of `instants`, at which what is numbered was
  /// decided.
  ///
  /// @param transaction that writes what is numbered
  List<String> take(Connection transaction, TenantId tenant, Series series, List<Instant> instants)
      throws SQLException;
}
