package io.holdfast.server.order;

import io.holdfast.server.catalog.Offer;
import io.holdfast.server.series.Numbers;
import io.holdfast.server.series.Series;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.Participant;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps the orders in the engine's transactions: an order is placed with its reservation, under
/// the next number of the series, at the prices of that moment; and it goes on as its reservation
/// does. So there is no order without stock, no stock held for an order that is not there, and no
/// gap in the numbers, whatever fails.
///
/// **Locks.** After stock: the series, for who places; then orders, in the order of their ids.
/// Prices are read before, so that nobody waits for a number longer than it takes to write the
/// batch. A batch locks, reads and writes as sets, however many orders it has.
public final class OrderBook implements Participant<OrderAsk> {
  private final Trail trail;

  public OrderBook(Trail trail) {
    this.trail = trail;
  }

  @Override
  public String name() {
    return "orders";
  }

  @Override
  public Class<OrderAsk> attachmentType() {
    return OrderAsk.class;
  }

  @Override
  public Place place() {
    return Place.AFTER_STOCK;
  }

  @Override
  public Turn<OrderAsk> begin(Connection transaction, TenantId tenant, List<OrderAsk> asks)
      throws SQLException {
    Set<Sku> wanted = new LinkedHashSet<>();
    Set<ReservationId> known = new LinkedHashSet<>();
    for (OrderAsk ask : asks) {
      switch (ask) {
        case OrderAsk.Placing placing -> wanted.addAll(placing.units().keySet());
        case OrderAsk.Stepping stepping -> known.add(stepping.order());
      }
    }
    OrderTurn turn = new OrderTurn(trail, tenant);
    if (!wanted.isEmpty()) {
      Map<Sku, Offer> offers = Offer.read(transaction, tenant, wanted);
      turn.place(offers, Numbers.of(transaction, tenant, Series.ORDERS));
    }
    if (!known.isEmpty()) {
      Map<ReservationId, Order> orders = new HashMap<>();
      Orders.lock(transaction, tenant, List.copyOf(known))
          .forEach(found -> orders.put(found.order().id(), found.order()));
      turn.goOn(orders);
    }
    return turn;
  }
}
