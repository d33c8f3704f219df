package io.holdfast.stock.verify;

import java.sql.Connection;
import java.sql.SQLException;

/// A check that goes through a table page after page, so that whoever has the time does all of it
/// in one snapshot, and whoever has not does a page in each.
@FunctionalInterface
interface PagedCheck {
  /// Looks at the next page. Answers whether there may be more.
  boolean step(Connection snapshot) throws SQLException;

  static void all(PagedCheck check, Connection snapshot) throws SQLException {
    boolean isMore = true;
    while (isMore) {
      isMore = check.step(snapshot);
    }
  }
}
