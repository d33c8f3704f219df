package io.holdfast.server.catalog;

import io.holdfast.server.catalog.CatalogItems.StoredItem;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Refusal;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Makes an item known to catalog and engine at once. What throws leaves nothing behind.
@Singleton
final class ItemCreation {
  private final TenantScope tenants;

  ItemCreation(TenantScope tenants) {
    this.tenants = tenants;
  }

  /// The item as it stands, and whether an earlier request with the same key made it.
  record Created(StoredItem item, boolean replayed) {}

  Created create(Caller caller, CatalogItem item, @Nullable IdempotencyKey key)
      throws SQLException {
    UUID requestKey = key == null ? null : RequestKey.digest(caller, "create-item", key);
    return tenants.inTransaction(
        caller.tenant(),
        handle -> {
          if (CatalogItems.add(handle, caller.tenant(), item, requestKey)) {
            StoredItem stored =
                CatalogItems.find(handle, caller.tenant(), item.sku()).orElseThrow();
            return new Created(stored, false);
          }
          return replayed(handle, caller, item, requestKey);
        });
  }

  private static Created replayed(
      Handle handle, Caller caller, CatalogItem item, @Nullable UUID requestKey) {
    Optional<StoredItem> earlier =
        Optional.ofNullable(requestKey)
            .flatMap(key -> CatalogItems.findByKey(handle, caller.tenant(), key));
    if (earlier.isEmpty()) {
      throw new ProblemException(
          ProblemCode.ITEM_EXISTS, "there is an item with the sku " + item.sku() + " already");
    }
    if (!isSame(earlier.get(), item)) {
      throw new ProblemException(RefusalProblems.of(new Refusal.KeyReused()));
    }
    return new Created(earlier.get(), true);
  }

  private static boolean isSame(StoredItem stored, CatalogItem item) {
    return stored.sku().equals(item.sku().value())
        && stored.name().equals(item.name().value())
        && stored.tracked() == item.tracked();
  }
}
