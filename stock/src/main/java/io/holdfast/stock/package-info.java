/// The stock engine: [io.holdfast.stock.StockEngine] takes a [io.holdfast.stock.Command] and gives
/// an [io.holdfast.stock.Outcome]. This package is the whole public API; the others are steps of
/// the walk from the one to the other and may change.
@NullMarked
package io.holdfast.stock;

import org.jspecify.annotations.NullMarked;
