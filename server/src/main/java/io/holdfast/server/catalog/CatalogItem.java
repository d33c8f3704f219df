package io.holdfast.server.catalog;

import io.holdfast.stock.Sku;

/// An item as it is to be made known.
public record CatalogItem(Sku sku, ItemName name, boolean tracked) {}
