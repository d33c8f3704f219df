package io.holdfast.server.catalog;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Makes an item known to catalog and engine at once. What throws leaves nothing behind.
@Singleton
final class ItemCreation {
  private final OncePerKey once;

  ItemCreation(OncePerKey once) {
    this.once = once;
  }

  Response create(Caller caller, CatalogItem item, @Nullable IdempotencyKey key)
      throws SQLException {
    String asked = JsonWriting.tree(item).toString();
    Subject subject = Subject.item(item.sku().value());
    return once.answer(
        new OncePerKey.Asked(caller, "create-item", asked, key, subject),
        handle -> created(handle, caller.tenant(), item));
  }

  private static OncePerKey.Done created(Handle handle, TenantId tenant, CatalogItem item)
      throws SQLException {
    if (!CatalogItems.add(handle, tenant, item)) {
      throw new ProblemException(
          ProblemCode.ITEM_EXISTS, "there is an item with the sku " + item.sku() + " already");
    }
    StoredItem stored = CatalogItems.find(handle, tenant, item.sku()).orElseThrow();
    return new OncePerKey.Done(
        GivenAnswer.made(
            ItemPath.address(item.sku()), stored.version(), ItemBodies.Item.of(stored)),
        null,
        ItemEditing.state(stored));
  }
}
