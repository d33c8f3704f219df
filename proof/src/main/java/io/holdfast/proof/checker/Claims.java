package io.holdfast.proof.checker;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.History;
import io.holdfast.proof.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who had taken how much at which moment, as far as the history can tell.
///
/// Nothing here looks at a wall clock: a reservation's time runs from somewhere between the call
/// and its answer, so it is up somewhere between those two plus its time to live.
final class Claims {

  /// Stock of an expired reservation is available again after at most so long.
  static final long EXPIRY_GRACE_NANOS = 5_000_000_000L;

  private final List<Operation> operations;
  private final Map<String, List<Operation>> ends;
  private final List<Claim> claims;
  private final Map<String, Timeline> atLeast = new HashMap<>();
  private final Map<String, Timeline> atMost = new HashMap<>();

  Claims(History history) {
    operations = history.operations();
    ends =
        operations.stream()
            .filter(operation -> !operation.action().claims())
            .filter(operation -> operation.reservation() != null)
            .collect(Collectors.groupingBy(operation -> String.valueOf(operation.reservation())));
    claims = new ArrayList<>();
    operations.stream()
        .filter(operation -> operation.action().claims())
        .filter(operation -> operation.isAccepted() || operation.isUnresolved())
        .forEach(this::add);
    atLeast.values().forEach(Timeline::settled);
    atMost.values().forEach(Timeline::settled);
  }

  List<Operation> operations() {
    return operations;
  }

  List<Claim> claims() {
    return claims;
  }

  /// The commits and releases of a reservation.
  List<Operation> ends(@Nullable String reservation) {
    return reservation == null ? List.of() : ends.getOrDefault(reservation, List.of());
  }

  /// What was certainly taken of an item.
  Timeline atLeast(String sku) {
    return atLeast.getOrDefault(sku, new Timeline().settled());
  }

  /// What may have been taken of an item.
  Timeline atMost(String sku) {
    return atMost.getOrDefault(sku, new Timeline().settled());
  }

  private void add(Operation operation) {
    Call.Span effect = operation.effect();
    Claim.Bounds start = new Claim.Bounds(effect.start(), effect.end());
    Claim.Bounds end = end(operation, start);
    boolean expires = end.latest() < Long.MAX_VALUE && !isEnded(operation, Action.RELEASE);
    operation
        .wanted()
        .forEach(
            (sku, quantity) -> {
              claims.add(new Claim(operation, sku, quantity, start, end, expires));
              atLeast
                  .computeIfAbsent(sku, _ -> new Timeline())
                  .add(start.latest(), end.earliest(), quantity);
              atMost
                  .computeIfAbsent(sku, _ -> new Timeline())
                  .add(start.earliest(), end.latest(), quantity);
            });
  }

  private Claim.Bounds end(Operation operation, Claim.Bounds start) {
    if (operation.action() == Action.PURCHASE || isEnded(operation, Action.COMMIT)) {
      return Claim.Bounds.NEVER;
    }
    List<Operation> open = ends(operation.reservation());
    for (Operation release : open) {
      if (release.action() == Action.RELEASE && release.isAccepted()) {
        return new Claim.Bounds(release.effect().start(), release.effect().end());
      }
    }
    Claim.Bounds expiry = expiry(operation, start);
    boolean unclear = operation.isUnresolved() || open.stream().anyMatch(Operation::isUnresolved);
    long earliest =
        open.stream()
            .filter(Operation::isUnresolved)
            .mapToLong(end -> end.effect().start())
            .reduce(expiry.earliest(), Math::min);
    return new Claim.Bounds(earliest, unclear ? Long.MAX_VALUE : expiry.latest());
  }

  /// Between which moments a reservation's stock comes back by itself.
  static Claim.Bounds expiry(Operation reserve, Claim.Bounds start) {
    Integer ttlSeconds = reserve.calls().getFirst().asked().ttlSeconds();
    if (ttlSeconds == null) {
      return Claim.Bounds.NEVER;
    }
    long ttlNanos = ttlSeconds * 1_000_000_000L;
    return new Claim.Bounds(
        later(start.earliest(), ttlNanos), later(start.latest(), ttlNanos + EXPIRY_GRACE_NANOS));
  }

  private boolean isEnded(Operation operation, Action action) {
    return ends(operation.reservation()).stream()
        .anyMatch(end -> end.action() == action && end.isAccepted());
  }

  private static long later(long moment, long nanos) {
    return moment > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : moment + nanos;
  }
}
