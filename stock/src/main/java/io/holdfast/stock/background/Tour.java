package io.holdfast.stock.background;

import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.util.List;

/// What is done in each of [Rounds].
public interface Tour {
  /// Answers who is to be visited.
  List<TenantId> begin() throws SQLException;

  void visit(TenantId tenant) throws SQLException;

  /// Everybody was visited, with or without success.
  void end() throws SQLException;
}
