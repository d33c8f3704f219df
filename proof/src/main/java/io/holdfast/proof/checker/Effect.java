package io.holdfast.proof.checker;

import io.holdfast.proof.history.Line;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reservation as the shop has it when all is quiet. `customer` leads back to the call.
///
/// @param version counts what was done to it, from 1; null where nobody says
/// @param returned what came back of the lines
public record Effect(
    String reservation,
    @Nullable String customer,
    String state,
    @Nullable Long version,
    List<Line> lines,
    List<Line> returned,
    Times times) {

  /// Null where nobody says, or where it has not come to that.
  public record Times(
      @Nullable Instant createdAt, @Nullable Instant expiresAt, @Nullable Instant endedAt) {
    public static final Times UNKNOWN = new Times(null, null, null);
  }

  public Effect {
    lines = List.copyOf(lines);
    returned = List.copyOf(returned);
  }

  Map<String, Long> quantities() {
    return Place.sumBySku(lines);
  }

  /// Whether it still counts: held or sold.
  boolean isAlive() {
    return state.equals("held") || state.equals("committed");
  }

  /// Of an item, without what came back.
  long left(String sku) {
    return quantities().getOrDefault(sku, 0L) - Place.sumBySku(returned).getOrDefault(sku, 0L);
  }

  String describe() {
    return "reservation " + reservation + " of " + customer + ", " + state + ", " + quantities();
  }
}
