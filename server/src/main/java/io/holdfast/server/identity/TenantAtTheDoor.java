package io.holdfast.server.identity;

import io.holdfast.stock.TenantId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Finds where somebody without a credential wants to go.
public final class TenantAtTheDoor {
  static final String TENANT_AT_THE_DOOR =
      """
      SELECT tenant_id, status FROM holdfast.tenant_at_the_door(?)
      """;

  private TenantAtTheDoor() {}

  /// Empty: nobody is named so, or not any more.
  public static Optional<TenantId> named(Jdbi database, String slug) {
    return database.withHandle(handle -> named(handle, slug));
  }

  private static Optional<TenantId> named(Handle handle, String slug) {
    return handle
        .createQuery(TENANT_AT_THE_DOOR)
        .bind(0, slug)
        .map(
            (row, _) -> {
              Holders.requireActive(row.getString("status"));
              return new TenantId(row.getLong("tenant_id"));
            })
        .findOne();
  }
}
