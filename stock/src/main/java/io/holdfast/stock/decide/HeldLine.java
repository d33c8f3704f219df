package io.holdfast.stock.decide;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A line as its reservation keeps it; `location` is null when the item was untracked, so that
/// nothing was set aside for it. `returned` is how much came back after it was committed.
public record HeldLine(Sku sku, @Nullable LocationId location, long quantity, long returned) {
  public HeldLine(Sku sku, @Nullable LocationId location, long quantity) {
    this(sku, location, quantity, 0);
  }

  /// The level on which it lies, unless it lies on none.
  public Optional<LevelKey> level() {
    return location == null ? Optional.empty() : Optional.of(new LevelKey(sku, location));
  }

  long left() {
    return quantity - returned;
  }

  HeldLine of(long newQuantity) {
    return new HeldLine(sku, location, newQuantity, returned);
  }

  HeldLine withReturned(long more) {
    return new HeldLine(sku, location, quantity, Math.addExact(returned, more));
  }

  /// How much lies on each level, in the order in which the levels are first named.
  static Map<LevelKey, Long> perLevel(List<HeldLine> lines) {
    Map<LevelKey, Long> quantities = new LinkedHashMap<>();
    for (HeldLine line : lines) {
      line.level().ifPresent(level -> quantities.merge(level, line.quantity, Math::addExact));
    }
    return quantities;
  }
}
