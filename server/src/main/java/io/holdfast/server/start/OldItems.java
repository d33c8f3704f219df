package io.holdfast.server.start;

import io.holdfast.server.catalog.CatalogItems;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.identity.Tenants;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Items that a program before this one made: they get what this one finds them by. Where there are
/// none, it is one look per tenant.
final class OldItems {
  private OldItems() {}

  static void addWords(Database database) throws SQLException {
    try (Handle owner = Jdbi.create(database.connect()).open()) {
      for (TenantId tenant : Tenants.all(owner)) {
        owner.useTransaction(
            handle -> {
              TenantScope.set(handle, tenant);
              CatalogItems.addWords(handle, tenant);
            });
      }
    }
  }
}
