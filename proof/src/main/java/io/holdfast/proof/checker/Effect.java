package io.holdfast.proof.checker;

import io.holdfast.proof.history.Line;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reservation as the shop has it when all is quiet. `customer` leads back to the key of the
/// call.
public record Effect(
    String reservation,
    @Nullable String customer,
    String state,
    List<Line> lines,
    @Nullable Instant expiresAt,
    @Nullable Instant endedAt) {

  public Effect {
    lines = List.copyOf(lines);
  }

  Map<String, Long> quantities() {
    Map<String, Long> quantities = new LinkedHashMap<>();
    lines.forEach(line -> quantities.merge(line.sku(), line.quantity(), Math::addExact));
    return quantities;
  }

  String describe() {
    return "reservation " + reservation + " of " + customer + ", " + state + ", " + quantities();
  }
}
