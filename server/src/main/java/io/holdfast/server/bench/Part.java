package io.holdfast.server.bench;

import java.sql.SQLException;
import java.time.Duration;

/// What is measured on one database.
interface Part {
  /// So many lines are printed.
  int measures();

  /// About how long it takes.
  Duration expected();

  void run(Workbench bench) throws SQLException, InterruptedException;
}
