package io.holdfast.server.catalog;

import io.holdfast.stock.Sku;

/// An item as it is to be made known.
///
/// @param tracked whether its stock is counted; that never changes
public record CatalogItem(Sku sku, boolean tracked, ItemDetails details) {}
