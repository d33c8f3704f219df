package io.holdfast.server.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An item as it stands.
///
/// @param archivedAt when it was taken out of the catalogue; null: it is in it
/// @param version counts its changes, from 1
/// @param changedAt when it was changed last; null: never
record StoredItem(
    CatalogItem item,
    @Nullable Instant archivedAt,
    long version,
    Instant createdAt,
    @Nullable Instant changedAt) {

  boolean isArchived() {
    return archivedAt != null;
  }
}
