package io.holdfast.proof.ordering;

import java.util.Map;

/// An order as the shop lists it when all is quiet.
///
/// @param units by item
/// @param isOfRun whether it was placed by the run that is judged
public record Listed(String id, String number, Map<String, Long> units, boolean isOfRun) {
  public Listed {
    units = Map.copyOf(units);
  }

  long total() {
    return units.values().stream().mapToLong(Long::longValue).sum();
  }
}
