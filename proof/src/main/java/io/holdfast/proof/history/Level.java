package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a shop says about one item at one location. `version` counts what has happened to it.
public record Level(
    String location, @JsonProperty("on_hand") long onHand, long reserved, long version) {

  public long available() {
    return onHand - reserved;
  }
}
