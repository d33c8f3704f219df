package io.holdfast.stock.control;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// On which items the reservations lie that this node made last, and of which customers they are. A
/// command about one says only its id, and so would have to be taken to touch anything. What is
/// remembered decides nothing.
final class Whereabouts {
  private static final int MAX = 20_000;

  private final Map<ReservationId, List<Object>> touched =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ReservationId, List<Object>> eldest) {
          return size() > MAX;
        }
      };

  /// To be told of requests before they take effect: afterwards somebody may ask.
  synchronized void note(Collection<Request> requests) {
    for (Request request : requests) {
      List<ReservationId> made = request.newReservations();
      List<ReservationId> changed = request.reservations();
      if (made.isEmpty() && changed.isEmpty()) {
        continue;
      }
      List<Object> names = request.itemsAndCustomers();
      made.forEach(id -> touched.put(id, names));
      if (!names.isEmpty()) {
        changed.forEach(id -> touched.computeIfPresent(id, (_, before) -> both(before, names)));
      }
    }
  }

  private static List<Object> both(List<Object> some, List<Object> others) {
    Set<Object> both = new LinkedHashSet<>(some);
    both.addAll(others);
    return List.copyOf(both);
  }

  /// Says it to a request that asks for it, if it is known of all its reservations.
  void tell(Request request) {
    if (!request.touchesMore()) {
      return;
    }
    List<Object> all = new ArrayList<>();
    synchronized (this) {
      for (ReservationId id : request.reservations()) {
        List<Object> known = touched.get(id);
        if (known == null) {
          return;
        }
        all.addAll(known);
      }
    }
    request.suppose(all);
  }
}
