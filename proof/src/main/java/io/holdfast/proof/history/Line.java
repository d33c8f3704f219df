package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// So many of one item. `location` is where it lies, or has to; null where nobody says.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Line(String sku, @Nullable String location, long quantity) {

  public Line(String sku, long quantity) {
    this(sku, null, quantity);
  }

  @Override
  public String toString() {
    return quantity + "x" + sku + (location == null ? "" : "/" + location);
  }
}
