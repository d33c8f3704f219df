package io.holdfast.stock.transaction;

import static java.util.stream.Collectors.partitioningBy;

import io.holdfast.stock.store.Locking;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Keys of rows that are loaded by one statement.
record Portion<K>(List<K> keys, Locking locking) {

  /// At most two of them. Rows that somebody is known to hold come last: they are never waited for,
  /// so they can't break the lock order.
  ///
  /// @param inOrder the keys in lock order
  static <K> List<Portion<K>> of(Collection<K> inOrder, Predicate<K> isKnownHeld, Locking locking) {
    Map<Boolean, List<K>> byHeld = inOrder.stream().collect(partitioningBy(isKnownHeld));
    return Stream.of(
            new Portion<>(byHeld.getOrDefault(false, List.of()), locking),
            new Portion<>(byHeld.getOrDefault(true, List.of()), Locking.SKIP_HELD))
        .filter(portion -> !portion.keys.isEmpty())
        .toList();
  }
}
