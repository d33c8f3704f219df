package io.holdfast.stock.decide;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import org.jspecify.annotations.Nullable;

/// A line as its reservation keeps it; `location` is null when the item was untracked, so that
/// nothing was set aside for it.
public record HeldLine(Sku sku, @Nullable LocationId location, long quantity) {}
