package io.holdfast.proof.workload;

import org.jspecify.annotations.Nullable;

/// So many of the plan's item of that index, from a location if it matters from which.
public record Wanted(int item, @Nullable String location, long quantity) {

  public Wanted(int item, long quantity) {
    this(item, null, quantity);
  }
}
