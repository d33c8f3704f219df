package io.holdfast.server.series;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;

/// The numbers that stand on something already. Asked when counting begins somewhere anew, since
/// two patterns can make one number of different counts: none is given out twice.
@FunctionalInterface
public interface Given {
  /// The largest count of those between the two texts; 0 if there is none.
  long largest(Connection transaction, TenantId tenant, String before, String after)
      throws SQLException;

  /// Of those that look like one of the pattern's.
  default long largest(
      Connection transaction, TenantId tenant, NumberPattern pattern, LocalDate day)
      throws SQLException {
    return largest(transaction, tenant, pattern.before(day), pattern.after(day));
  }
}
