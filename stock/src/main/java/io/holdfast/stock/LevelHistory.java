package io.holdfast.stock;

import java.util.List;
import java.util.Objects;

/// What is known of a level's movements, or which part of its name nobody knows.
public sealed interface LevelHistory {

  /// No movement at all means that nothing of the item was ever received at the location; an
  /// untracked item never has any.
  ///
  /// @param movements in the order that was asked for
  /// @param hasMore whether there were further ones in that order
  /// @param newestVersion the level's version at that moment, 0 when it has none. Every movement up
  ///   to it is there to be read and will never change: reading on up to it, page by page, gives
  ///   the same as one snapshot
  record Page(List<MovementView> movements, boolean hasMore, long newestVersion)
      implements LevelHistory {
    public Page {
      movements = Copies.of("movements", movements);
    }
  }

  /// Comes before [UnknownLocation], when both are unknown.
  record UnknownItem(Sku sku) implements LevelHistory {
    public UnknownItem {
      Objects.requireNonNull(sku, "sku");
    }
  }

  /// The tenant has no location of that name.
  record UnknownLocation(LocationId location) implements LevelHistory {
    public UnknownLocation {
      Objects.requireNonNull(location, "location");
    }
  }
}
