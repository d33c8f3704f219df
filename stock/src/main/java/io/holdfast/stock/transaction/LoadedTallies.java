package io.holdfast.stock.transaction;

import io.holdfast.stock.Customer;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.StockView;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Tallies;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What counts for the customers of a transaction's requests and of their reservations, and what
/// may.
final class LoadedTallies {
  private final TenantId tenant;
  private final LockOptions locks;
  private final StockView view;
  private final Set<HeldRow> heldRows;
  private final Map<Customer, Long> versions = new HashMap<>();
  private List<Portion<Customer>> portions = List.of();

  /// @param view that what is loaded is put into
  /// @param heldRows that rows are added to which somebody else holds
  LoadedTallies(TenantId tenant, LockOptions locks, StockView view, Set<HeldRow> heldRows) {
    this.tenant = tenant;
    this.locks = locks;
    this.view = view;
    this.heldRows = heldRows;
  }

  /// Whether there is no customer.
  boolean isEmpty() {
    return portions.isEmpty();
  }

  /// Answers whether there is any customer.
  boolean add(RoundTrip trip, List<Request> requests) {
    TreeSet<Customer> customers = new TreeSet<>();
    requests.forEach(request -> customers.addAll(request.footprint().customersIn(view)));
    portions =
        Portion.of(
            customers,
            customer -> locks.knownHeld().contains(new HeldRow.OfTally(customer)),
            locks.locking());
    if (portions.isEmpty()) {
      return false;
    }
    for (Portion<Customer> portion : portions) {
      Tallies.load(trip, tenant, portion.keys(), portion.locking());
    }
    Tallies.loadLimits(trip, tenant, items(requests), List.copyOf(customers));
    return true;
  }

  /// Lines of untracked items lie on no level, and are limited all the same.
  private Set<Sku> items(List<Request> requests) {
    Set<Sku> skus = new HashSet<>();
    requests.forEach(
        request -> request.footprint().levelsIn(view).forEach(range -> skus.add(range.sku())));
    requests.stream()
        .flatMap(request -> request.reservations().stream())
        .flatMap(id -> view.reservation(id).stream())
        .flatMap(reservation -> reservation.lines().stream())
        .forEach(line -> skus.add(line.sku()));
    return skus;
  }

  void take(RoundTrip trip) throws SQLException {
    for (int i = 0; i < portions.size(); i++) {
      Tallies.loaded(trip).forEach(this::take);
    }
    Tallies.limits(trip).forEach(view::putLimit);
  }

  private void take(Tallies.Loaded loaded) {
    if (loaded.tally() == null) {
      heldRows.add(new HeldRow.OfTally(loaded.customer()));
    } else {
      view.putTally(loaded.tally());
      versions.put(loaded.customer(), loaded.version());
    }
  }

  /// 0 for a customer of whom nothing counts yet.
  long version(Customer customer) {
    return versions.getOrDefault(customer, 0L);
  }
}
