package io.holdfast.stock.control;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// On which items the reservations lie that this node made last. A command about one says only its
/// id, and so would have to be taken to touch anything. What is remembered decides nothing.
final class Whereabouts {
  private static final int MAX = 20_000;

  private final Map<ReservationId, List<Sku>> items =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ReservationId, List<Sku>> eldest) {
          return size() > MAX;
        }
      };

  synchronized void note(Collection<Request> decided) {
    for (Request request : decided) {
      for (ReservationId id : request.newReservations()) {
        items.put(id, request.items());
      }
    }
  }

  /// Says it to a request that asks for it, if it is known of all its reservations.
  void tell(Request request) {
    if (!request.touchesMore()) {
      return;
    }
    List<Sku> all = new ArrayList<>();
    synchronized (this) {
      for (ReservationId id : request.reservations()) {
        List<Sku> known = items.get(id);
        if (known == null) {
          return;
        }
        all.addAll(known);
      }
    }
    request.suppose(all);
  }
}
