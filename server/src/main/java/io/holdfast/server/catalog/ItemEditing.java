package io.holdfast.server.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Objects;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Changes what is told of an item. What throws changes nothing.
@Singleton
final class ItemEditing {
  private final OncePerKey once;

  ItemEditing(OncePerKey once) {
    this.once = once;
  }

  /// @param expectedVersion null: whichever is there
  Response change(
      Caller caller,
      Sku sku,
      ItemPatch patch,
      @Nullable Long expectedVersion,
      @Nullable IdempotencyKey key)
      throws SQLException {
    String asked = sku + "\n" + expectedVersion + "\n" + patch.asked();
    return once.answer(
        new OncePerKey.Asked(caller, "change-item", asked, key, Subject.item(sku.value())),
        handle -> changed(handle, caller, sku, patch, expectedVersion));
  }

  private static OncePerKey.Done changed(
      Handle handle, Caller caller, Sku sku, ItemPatch patch, @Nullable Long expectedVersion) {
    TenantId tenant = caller.tenant();
    StoredItem before =
        CatalogItems.lock(handle, tenant, sku).orElseThrow(() -> ItemPath.unknown(sku));
    if (expectedVersion != null && expectedVersion != before.version()) {
      throw stale(handle, tenant, before, expectedVersion);
    }
    ItemDetails details = patch.on(before.item().details());
    boolean archived = patch.archivedFrom(before.isArchived());
    SortedMap<String, JsonNode> replaced =
        ItemMembers.replaced(ItemMembers.of(before), ItemMembers.of(details, archived));
    StoredItem after = before;
    if (!replaced.isEmpty()) {
      after = CatalogItems.change(handle, tenant, sku, details, archived);
      noteWords(handle, tenant, before, after);
      ItemChanges.add(handle, tenant, after, caller.actor().name(), replaced);
    }
    return new OncePerKey.Done(
        GivenAnswer.changed(after.version(), ItemBodies.Item.of(after)),
        state(before),
        state(after));
  }

  private static void noteWords(
      Handle handle, TenantId tenant, StoredItem before, StoredItem after) {
    boolean isFoundAsBefore =
        before.isArchived() == after.isArchived()
            && Objects.equals(before.item().details().price(), after.item().details().price())
            && Words.of(before.item()).equals(Words.of(after.item()))
            && Objects.equals(
                before.item().details().category(), after.item().details().category());
    if (!isFoundAsBefore) {
      ItemWords.replace(handle, tenant, after.item());
    }
  }

  /// Says what has changed, so that whoever was late can decide anew without asking.
  private static ProblemException stale(
      Handle handle, TenantId tenant, StoredItem found, long expectedVersion) {
    ProblemException conflict = VersionTag.conflict(expectedVersion, found.version());
    return new ProblemException(
        conflict.problem().withChanges(ItemChanges.since(handle, tenant, found, expectedVersion)));
  }

  /// What the trail tells of an item.
  static State state(StoredItem item) {
    State state = State.exists();
    ItemMembers.of(item)
        .forEach((name, value) -> state.and(name, value.isNull() ? null : text(value)));
    return state.and("tracked", item.item().tracked()).and("version", item.version());
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
