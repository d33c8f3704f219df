package io.holdfast.server.identity;

import io.holdfast.stock.StockRegister;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/// All of a tenant's rows as they are at one instant, for whoever looks whether they agree.
public final class TenantSnapshot {
  private static final int PARAMETER = '?';

  private TenantSnapshot() {}

  public static <T> T read(Handle handle, TenantId tenant, HandleCallback<T, SQLException> work)
      throws SQLException {
    return handle.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        snapshot -> {
          StockRegister.create().setTenant(snapshot.getConnection(), tenant);
          return work.withHandle(snapshot);
        });
  }

  /// What a statement finds.
  ///
  /// @param select whose parameters are all the tenant, and whose columns are those of a difference
  public static List<Difference> differences(Handle handle, TenantId tenant, String select)
      throws SQLException {
    return read(
        handle,
        tenant,
        snapshot -> {
          Query query = snapshot.createQuery(select);
          long parameters = select.chars().filter(character -> character == PARAMETER).count();
          for (int i = 0; i < parameters; i++) {
            query.bind(i, tenant.value());
          }
          return query
              .map(
                  (row, _) ->
                      new Difference(
                          row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
              .list();
        });
  }
}
