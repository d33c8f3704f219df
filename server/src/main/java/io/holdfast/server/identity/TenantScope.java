package io.holdfast.server.identity;

import io.holdfast.stock.TenantId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/// Transactions that see the rows of one tenant. Outside of one, a connection sees no rows at all.
public final class TenantScope {
  static final String TENANT_SET =
      """
      SELECT set_config('holdfast.tenant_id', ?, true)
      """;

  private final Jdbi database;

  public TenantScope(Jdbi database) {
    this.database = database;
  }

  public <T, X extends Exception> T inTransaction(TenantId tenant, HandleCallback<T, X> work)
      throws X {
    return database.inTransaction(
        handle -> {
          set(handle, tenant);
          return work.withHandle(handle);
        });
  }

  /// For the rest of the transaction; it is forgotten at its end.
  public static void set(Handle handle, TenantId tenant) {
    handle.createQuery(TENANT_SET).bind(0, Long.toString(tenant.value())).mapTo(String.class).one();
  }
}
