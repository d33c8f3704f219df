package io.holdfast.server.bench;

import io.holdfast.stock.Control;
import java.time.Duration;
import java.util.List;

/// What the caller wants.
///
/// @param controls to be measured in process; none: every one but the broken one
/// @param measured how long a measure of the table takes
/// @param stored how many reservations a full database has
/// @param expiring how many reservations expire at once
public record BenchOptions(List<Control> controls, Duration measured, long stored, long expiring) {
  public BenchOptions {
    controls = controls.isEmpty() ? GridPlan.sound() : List.copyOf(controls);
  }
}
