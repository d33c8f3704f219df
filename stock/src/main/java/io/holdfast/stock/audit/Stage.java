package io.holdfast.stock.audit;

import java.sql.Connection;
import java.sql.SQLException;

/// A part of a tenant's audit that is done step by step, each in a snapshot of its own; what was
/// written between two steps must not look like a difference.
interface Stage {
  /// Does the next step. Answers whether there is more to do.
  boolean step(Connection snapshot) throws SQLException;
}
