package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a shop says about one item.
public record Stock(@JsonProperty("on_hand") long onHand, long reserved) {

  public long available() {
    return onHand - reserved;
  }
}
