package io.holdfast.stock.decide;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that one decision changes: applied as a whole or not at all.
public record Changes(List<LevelChange> levels, @Nullable ReservationChange reservation) {
  public static final Changes NONE = new Changes(List.of(), null);

  public Changes {
    levels = List.copyOf(levels);
  }
}
