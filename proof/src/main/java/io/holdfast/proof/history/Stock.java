package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// What a shop says about one item, all together and, if it says so, by location.
public record Stock(@JsonProperty("on_hand") long onHand, long reserved, List<Level> levels) {

  public Stock {
    levels = List.copyOf(levels);
  }

  public Stock(long onHand, long reserved) {
    this(onHand, reserved, List.of());
  }

  public long available() {
    return onHand - reserved;
  }
}
