package io.holdfast.server.catalog;

import io.holdfast.server.catalog.CatalogItems.StoredItem;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
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
  private final Trail trail;

  ItemCreation(TenantScope tenants, Trail trail) {
    this.tenants = tenants;
    this.trail = trail;
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
            trail.add(handle, caller.tenant(), caller.actor(), made(stored));
            return new Created(stored, false);
          }
          return replayed(handle, caller, item, requestKey);
        });
  }

  private static Change made(StoredItem item) {
    State state = State.of("name", item.name()).and("tracked", item.tracked());
    return new Change(Subject.item(item.sku()), null, state);
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
