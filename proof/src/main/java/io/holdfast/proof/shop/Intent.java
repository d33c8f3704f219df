package io.holdfast.proof.shop;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a buyer wants of a shop, before it is a request. `key` stays the same over all attempts.
public record Intent(
    Action action,
    String key,
    List<Line> lines,
    @Nullable Integer ttlSeconds,
    @Nullable String reservation) {

  public Intent {
    lines = List.copyOf(lines);
  }

  public static Intent purchase(String key, List<Line> lines) {
    return new Intent(Action.PURCHASE, key, lines, null, null);
  }

  public static Intent reserve(String key, List<Line> lines, int ttlSeconds) {
    return new Intent(Action.RESERVE, key, lines, ttlSeconds, null);
  }

  public static Intent end(Action action, String key, String reservation) {
    return new Intent(action, key, List.of(), null, reservation);
  }

  public static Intent read(String key, String sku) {
    return new Intent(Action.READ, key, List.of(new Line(sku, 0)), null, null);
  }
}
