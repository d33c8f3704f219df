package io.holdfast.stock.transaction;

import io.holdfast.stock.Customer;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.decide.LevelKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Rows of one tenant that are changed together.
///
/// @param customers those whose tallies are
public record RowSet(
    Set<ReservationId> reservations, Set<Customer> customers, Set<LevelKey> levels) {
  public static final RowSet NONE = new RowSet(Set.of(), Set.of(), Set.of());

  public RowSet {
    reservations = Set.copyOf(reservations);
    customers = Set.copyOf(customers);
    levels = Set.copyOf(levels);
  }

  public boolean isEmpty() {
    return reservations.isEmpty() && customers.isEmpty() && levels.isEmpty();
  }

  public RowSet with(RowSet more) {
    return new RowSet(
        union(reservations, more.reservations),
        union(customers, more.customers),
        union(levels, more.levels));
  }

  private static <T> Set<T> union(Set<T> some, Set<T> others) {
    Set<T> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  boolean containsAll(RowSet others) {
    return reservations.containsAll(others.reservations)
        && customers.containsAll(others.customers)
        && levels.containsAll(others.levels);
  }

  /// A name for each, in the global lock order. What they are made of has no line breaks.
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (ReservationId reservation : new TreeSet<>(reservations)) {
      names.add("reservation\n" + reservation);
    }
    for (Customer customer : new TreeSet<>(customers)) {
      names.add("customer\n" + customer.reference());
    }
    for (LevelKey level : new TreeSet<>(levels)) {
      names.add("level\n" + level.sku() + "\n" + level.location());
    }
    return names;
  }
}
