package io.holdfast.stock.store;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.decide.LevelKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Levels that are loaded: an item's at one location, or all that it has when `location` is null.
/// Their order is the order in which levels are locked.
public record LevelRange(Sku sku, @Nullable LocationId location) implements Comparable<LevelRange> {
  private static final Comparator<LevelRange> LOCK_ORDER =
      Comparator.comparing(LevelRange::sku)
          .thenComparing(LevelRange::location, Comparator.nullsFirst(Comparator.naturalOrder()));

  /// After every name that a location can have.
  private static final String LAST_NAME =
      Character.toString(Character.MAX_CODE_POINT).repeat(LocationId.MAX_LENGTH);

  public static LevelRange of(LevelKey level) {
    return new LevelRange(level.sku(), level.location());
  }

  /// The same ranges in lock order, each once. One level may lie in two of them: it is locked once,
  /// and what is said of its name is needed, too.
  public static List<LevelRange> inOrder(Collection<LevelRange> ranges) {
    return List.copyOf(new TreeSet<>(ranges));
  }

  /// The one level that it names, if that is all.
  public Optional<LevelKey> level() {
    return location == null ? Optional.empty() : Optional.of(new LevelKey(sku, location));
  }

  public boolean contains(LevelKey level) {
    return sku.equals(level.sku()) && (location == null || location.equals(level.location()));
  }

  String firstName() {
    return location == null ? "" : location.value();
  }

  String lastName() {
    return location == null ? LAST_NAME : location.value();
  }

  @Override
  public int compareTo(LevelRange other) {
    return LOCK_ORDER.compare(this, other);
  }
}
