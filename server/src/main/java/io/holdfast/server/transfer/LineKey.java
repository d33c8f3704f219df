package io.holdfast.server.transfer;

import io.holdfast.stock.Sku;

/// What a line is about; a second line about it in one file is refused.
///
/// @param location empty where the kind has none
record LineKey(Sku sku, String location) {}
