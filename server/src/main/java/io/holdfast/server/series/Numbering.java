package io.holdfast.server.series;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// How numbers are given out.
@FunctionalInterface
public interface Numbering {
  /// Takes the next numbers of a series.
  ///
  /// @param transaction that writes what is numbered
  List<String> take(Connection transaction, TenantId tenant, Series series, Wanted wanted)
      throws SQLException;

  /// What is to be numbered.
  ///
  /// @param at when it was decided, all of it, since a transaction decides at one instant
  record Wanted(int count, Instant at) {}

  /// Says that a number which was taken stands on something already, so that the next ones are
  /// looked for behind it. The transaction that has found it is lost.
  default void collided(TenantId tenant, Series series) {}
}
