package io.holdfast.server.demo;

import io.holdfast.stock.TenantId;
import org.jdbi.v3.core.Handle;

/// The table `demonstrations`.
final class Demonstrations {
  static final String DEMONSTRATION_EXISTS =
      """
      SELECT EXISTS (SELECT FROM holdfast.demonstrations WHERE tenant_id = ?)
      """;

  static final String DEMONSTRATION_INSERT =
      """
      INSERT INTO holdfast.demonstrations (tenant_id, counts_after)
      VALUES (?, 0)
      ON CONFLICT DO NOTHING
      """;

  static final String DEMONSTRATION_LOCK =
      """
      SELECT counts_after FROM holdfast.demonstrations
      WHERE tenant_id = ?
      FOR UPDATE
      """;

  static final String DEMONSTRATION_COUNT_ANEW =
      """
      UPDATE holdfast.demonstrations SET counts_after = ? WHERE tenant_id = ?
      """;

  private Demonstrations() {}

  static boolean isLoaded(Handle handle, TenantId tenant) {
    return handle
        .createQuery(DEMONSTRATION_EXISTS)
        .bind(0, tenant.value())
        .mapTo(Boolean.class)
        .one();
  }

  static int add(Handle handle, TenantId tenant) {
    return handle.execute(DEMONSTRATION_INSERT, tenant.value());
  }

  /// Nobody else starts the count anew until the transaction ends.
  static void lock(Handle handle, TenantId tenant) {
    handle.createQuery(DEMONSTRATION_LOCK).bind(0, tenant.value()).mapTo(Long.class).one();
  }

  /// Counts the purchases behind `position` of the ticket's ledger from now on.
  static void countAnew(Handle handle, TenantId tenant, long position) {
    handle.execute(DEMONSTRATION_COUNT_ANEW, position, tenant.value());
  }
}
