package io.holdfast.server.order;

import io.holdfast.server.catalog.Offer;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.series.Numbering;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.Command;
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
/// **Locks.** After stock: orders, in the order of their ids; then, last of all, the series, for
/// who places. Numbers are taken when everything else is written, so that nobody waits for one
/// longer than it takes to write the orders themselves and to commit. A batch locks, reads and
/// writes as sets, however many orders it has.
public final class OrderBook implements Participant<OrderAsk> {
  private final Trail trail;
  private final Numbering numbering;

  public OrderBook(Trail trail, Numbering numbering) {
    this.trail = trail;
    this.numbering = numbering;
  }

  /// What makes an order of a reservation that is asked for without a request.
  public static Attachment placing(Actor actor, Command.Reserve reserve) {
    var asker = new OrderAsk.Asker(actor, RequestOrigin.ofNode(), null);
    return new OrderAsk.Placing(asker, OrderAsk.Placing.units(reserve.lines()), null, null);
  }

  @Override
  public String name() {
    return OrderRefusal.BY;
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
    Map<Sku, Offer> offers = wanted.isEmpty() ? Map.of() : Offer.read(transaction, tenant, wanted);
    Map<ReservationId, Order> orders = new HashMap<>();
    if (!known.isEmpty()) {
      Orders.lock(transaction, tenant, List.copyOf(known))
          .forEach(found -> orders.put(found.order().id(), found.order()));
    }
    return new OrderTurn(trail, numbering, tenant, offers, orders);
  }
}
