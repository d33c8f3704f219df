package io.holdfast.server.order;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.KeyedRequest;
import io.holdfast.server.order.OrderRequests.Wanted;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.server.stock.EngineCalls;
import io.holdfast.server.stock.Reach;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Places orders: what is wanted is reserved, numbered, priced and written as one.
@Singleton
final class OrderPlacement {
  private final EngineCalls engine;
  private final TenantScope tenants;
  private final OrderMetrics metrics;

  OrderPlacement(EngineCalls engine, TenantScope tenants, OrderMetrics metrics) {
    this.engine = engine;
    this.tenants = tenants;
    this.metrics = metrics;
  }

  Response place(Reach reach, Wanted wanted, @Nullable IdempotencyKey key) throws SQLException {
    Caller caller = reach.caller();
    // All that it asks for stands in the row that it makes, so no answer is kept besides.
    KeyedRequest keyed = KeyedRequest.of(caller, "place-order", key, "");
    var asker = new OrderAsk.Asker(caller.actor(), RequestOrigin.ofRequest(), null);
    var placing =
        new OrderAsk.Placing(
            asker,
            OrderAsk.Placing.units(wanted.reserve().lines()),
            wanted.reference(),
            wanted.expectedTotal());
    Call call = reach.call().withKey(keyed == null ? null : keyed.engineKey()).with(placing);
    Answer answer = engine.decided(wanted.reserve(), call);
    return switch (answer.outcome()) {
      case Refusal refusal ->
          throw new ProblemException(RefusalProblems.of(wanted.reserve(), refusal));
      case Outcome.Reserved reserved when answer.replayed() ->
          placedBefore(caller, reserved.reservation(), wanted);
      case Outcome.Effect _ -> {
        metrics.placed();
        yield response(asker.order().orElseThrow(), false);
      }
    };
  }

  private Response placedBefore(Caller caller, ReservationId id, Wanted wanted)
      throws SQLException {
    Order order =
        tenants
            .inTransaction(
                caller.tenant(), handle -> Orders.find(handle.getConnection(), caller.tenant(), id))
            .orElseThrow(KeyedRequest::reused)
            .order();
    OrderTotal expected = wanted.expectedTotal();
    boolean isTheSame =
        Objects.equals(order.terms().reference(), wanted.reference())
            && (expected == null || expected.equals(total(order)));
    if (!isTheSame) {
      throw KeyedRequest.reused();
    }
    return response(order.asPlaced(), true);
  }

  private static OrderTotal total(Order order) {
    return new OrderTotal(order.terms().total(), order.terms().currency());
  }

  private static Response response(Order placed, boolean replayed) {
    byte[] body = JsonWriting.bytes(OrderBodies.Told.of(placed));
    return new GivenAnswer(201, "/v1/orders/" + placed.id(), placed.version(), body)
        .response(replayed);
  }
}
