package io.holdfast.server.order;

import io.holdfast.server.catalog.Offer;
import io.holdfast.server.event.Event;
import io.holdfast.server.event.Outbox;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.KeyedRequest;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.series.Numbering;
import io.holdfast.server.series.Series;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal.RefusedByParticipant;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One transaction's work on orders.
final class OrderTurn implements Participant.Turn<OrderAsk> {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Trail trail;
  private final Numbering numbering;
  private final TenantId tenant;
  private final Map<Sku, Offer> offers;

  /// As they are by what was accepted so far.
  private final Map<ReservationId, Order> orders;

  private final List<Draft> drafts = new ArrayList<>();
  private final List<Order> changed = new ArrayList<>();
  private final List<Trail.Done> done = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<KeyedRequest.Answered> answers = new ArrayList<>();

  /// An order that has no number yet.
  private record Draft(OrderAsk.Placing placing, Outcome.Reserved reserved, Pricing pricing) {
    Order numbered(String number) {
      return Order.placed(
          reserved.reservation(),
          new Order.Terms(
              number,
              reserved.customer(),
              placing.reference(),
              pricing.currency(),
              pricing.total(),
              placing.asker().actor().name(),
              reserved.at(),
              reserved.expiresAt()),
          pricing.lines());
    }
  }

  /// @param offers of the items of orders that are to be placed
  /// @param orders that are to go on, locked
  OrderTurn(
      Trail trail,
      Numbering numbering,
      TenantId tenant,
      Map<Sku, Offer> offers,
      Map<ReservationId, Order> orders) {
    this.trail = trail;
    this.numbering = numbering;
    this.tenant = tenant;
    this.offers = offers;
    this.orders = orders;
  }

  @Override
  public Optional<RefusedByParticipant> objection(OrderAsk ask, Outcome.Effect effect) {
    return switch (ask) {
      case OrderAsk.Placing placing -> Pricing.of(placing, offers).objection();
      case OrderAsk.Stepping stepping -> objection(stepping, effect);
    };
  }

  /// The version says it all: what the command does was made for the order at that one.
  private Optional<RefusedByParticipant> objection(
      OrderAsk.Stepping stepping, Outcome.Effect effect) {
    Order order = orders.get(stepping.order());
    if (order == null) {
      return refused(ProblemCode.UNKNOWN_ORDER, "no order has the id " + stepping.order());
    }
    if (order.version() != stepping.seenVersion()) {
      return refused(ProblemCode.VERSION_CONFLICT, "the order is at another version");
    }
    if (!leadsOn(order, stepping, effect)) {
      return refused(ProblemCode.ILLEGAL_ORDER_STEP, "the order is " + order.state().code());
    }
    if (stepping instanceof OrderAsk.Paying paying
        && !paying.mayBeLate()
        && order.stateAt(at(effect)) == OrderState.EXPIRED) {
      return refused(ProblemCode.VERSION_CONFLICT, "the order has expired since it was seen");
    }
    return Optional.empty();
  }

  private static boolean leadsOn(Order order, OrderAsk.Stepping stepping, Outcome.Effect effect) {
    OrderState state = order.state();
    if (!state.allows(stepping.step())) {
      return false;
    }
    return switch (effect) {
      case Outcome.Committed _, Outcome.Released _ -> state == OrderState.PLACED;
      case Outcome.Returned _ -> state != OrderState.PLACED;
      case Outcome.Effect _ -> false;
    };
  }

  private static Optional<RefusedByParticipant> refused(ProblemCode code, String detail) {
    return Optional.of(OrderRefusal.of(code, detail));
  }

  @Override
  public void accept(OrderAsk ask, Outcome.Effect effect) {
    switch (ask) {
      case OrderAsk.Placing placing when effect instanceof Outcome.Reserved reserved ->
          drafts.add(new Draft(placing, reserved, Pricing.of(placing, offers)));
      case OrderAsk.Placing _ ->
          throw new IllegalStateException("an order is placed by reserving, not by " + effect);
      case OrderAsk.Stepping stepping -> goOn(stepping, at(effect));
    }
  }

  private void goOn(OrderAsk.Stepping stepping, Instant at) {
    Order before = Objects.requireNonNull(orders.get(stepping.order()));
    Order after =
        switch (stepping) {
          case OrderAsk.Paying paying ->
              before.paid(new Payment(paying.method(), paying.reference(), at));
          case OrderAsk.Cancelling cancelling -> before.cancelled(cancelling.reason(), at);
          case OrderAsk.TakingBack back -> before.takenBack(back.units(), back.reason(), at);
        };
    orders.put(after.id(), after);
    changed.add(after);
    events.add(OrderEvents.stepped(stepping.step(), after));
    OrderAsk.Asker asker = stepping.asker();
    done.add(new Trail.Done(asker.actor(), asker.origin(), OrderTrail.of(before, after)));
    if (asker.keyed() != null) {
      GivenAnswer answer = GivenAnswer.changed(after.version(), OrderBodies.Told.of(after));
      answers.add(new KeyedRequest.Answered(asker.keyed(), answer));
    }
    asker.told().set(after);
  }

  private static Instant at(Outcome.Effect effect) {
    return switch (effect) {
      case Outcome.Committed committed -> committed.at();
      case Outcome.Released released -> released.at();
      case Outcome.Returned returned -> returned.at();
      case Outcome.Effect other -> throw new IllegalStateException("no step is made by " + other);
    };
  }

  /// Numbers come last, see [OrderBook].
  @Override
  public void write(Connection transaction) throws SQLException {
    Orders.change(transaction, tenant, changed);
    KeyedRequest.keep(transaction, tenant, answers);
    place(transaction);
    trail.addAll(transaction, tenant, done);
    Outbox.add(transaction, tenant, events);
  }

  private void place(Connection transaction) throws SQLException {
    if (drafts.isEmpty()) {
      return;
    }
    Map<ReservationId, List<OrderLine>> lines = HashMap.newHashMap(drafts.size());
    drafts.forEach(draft -> lines.put(draft.reserved().reservation(), draft.pricing().lines()));
    OrderLines.add(transaction, tenant, lines);
    var wanted = new Numbering.Wanted(drafts.size(), drafts.getFirst().reserved().at());
    List<String> numbers = numbering.take(transaction, tenant, Series.ORDERS, wanted);
    List<Order> placed = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      Order order = drafts.get(i).numbered(numbers.get(i));
      OrderAsk.Asker asker = drafts.get(i).placing().asker();
      placed.add(order);
      events.add(OrderEvents.placed(order));
      done.add(new Trail.Done(asker.actor(), asker.origin(), OrderTrail.of(null, order)));
      asker.told().set(order);
    }
    try {
      Orders.add(transaction, tenant, placed);
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        numbering.collided(tenant, Series.ORDERS);
      }
      throw e;
    }
  }
}
