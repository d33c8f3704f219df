package io.holdfast.server.order;

import io.holdfast.server.event.Outbox;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.KeyedRequest;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.stock.EngineCalls;
import io.holdfast.server.stock.Reach;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Line;
import io.holdfast.stock.Reason;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Goes on with orders. What moves stock is looked at, turned into a command for the order as it
/// was seen, and put to the engine, which decides it with the order's version; when somebody else
/// was faster, it is looked at anew.
@Singleton
final class OrderSteps {
  private static final int MAX_LOOKS = 8;

  private final EngineCalls engine;
  private final TenantScope tenants;
  private final OncePerKey once;
  private final OrderMetrics metrics;

  OrderSteps(EngineCalls engine, TenantScope tenants, OncePerKey once, OrderMetrics metrics) {
    this.engine = engine;
    this.tenants = tenants;
    this.once = once;
    this.metrics = metrics;
  }

  /// What is asked.
  ///
  /// @param expectedVersion null: whichever is there
  /// @param body what else it asks for, in a text that no other request has
  record Asked(
      Reach reach,
      OrderStep step,
      ReservationId order,
      @Nullable Long expectedVersion,
      String body,
      @Nullable IdempotencyKey key) {

    Caller caller() {
      return reach.caller();
    }

    String operation() {
      return step.code() + "-order";
    }

    String text() {
      return order + "\n" + expectedVersion + "\n" + body;
    }
  }

  /// A command, and what it comes to for the order that it was made for.
  private record Move(Command command, OrderAsk.Stepping stepping) {}

  @FunctionalInterface
  private interface Plan {
    Move of(Order order, OrderState state, OrderAsk.Asker asker);
  }

  Response pay(Asked asked, OrderRequests.PaymentGiven payment) throws SQLException {
    return decided(
        asked,
        (order, _, asker) ->
            new Move(
                new Command.Commit(order.id()),
                new OrderAsk.Paying(
                    asker,
                    order.id(),
                    order.version(),
                    payment.method(),
                    payment.reference(),
                    true)));
  }

  Response cancel(Asked asked, @Nullable Reason reason) throws SQLException {
    String why = reason == null ? null : reason.text();
    return decided(
        asked,
        (order, state, asker) -> {
          if (state != OrderState.PLACED && asked.reach().onlyOf() != null) {
            // Money has to go back, which is for the shop to say.
            asked.caller().requireAll(Set.of(asked.reach().further()), "id");
          }
          Command command =
              state == OrderState.PLACED
                  ? new Command.Release(order.id())
                  : new Command.Return(
                      order.id(), lines(chosen(order, Map.of(), OrderLine::open)), reason);
          return new Move(
              command, new OrderAsk.Cancelling(asker, order.id(), order.version(), why));
        });
  }

  Response takeBack(Asked asked, OrderRequests.UnitsGiven back) throws SQLException {
    Reason reason = back.reason();
    String why = reason == null ? null : reason.text();
    return decided(
        asked,
        (order, _, asker) -> {
          Map<Sku, Long> units = chosen(order, back.units(), OrderLine::withBuyer);
          return new Move(
              new Command.Return(order.id(), lines(units), reason),
              new OrderAsk.TakingBack(asker, order.id(), order.version(), units, why));
        });
  }

  /// No stock moves: it is the buyer's since the order was paid.
  Response fulfil(Asked asked, Map<Sku, Long> wanted) throws SQLException {
    Subject subject = Subject.order(asked.order().toString());
    Response response =
        once.answer(
            new OncePerKey.Asked(
                asked.caller(), asked.operation(), asked.text(), asked.key(), subject),
            handle -> fulfilled(handle, asked, wanted));
    if (!GivenAnswer.isReplayed(response)) {
      metrics.stepped(OrderStep.FULFIL);
    }
    return response;
  }

  private static OncePerKey.Done fulfilled(Handle handle, Asked asked, Map<Sku, Long> wanted)
      throws SQLException {
    Orders.Found found =
        seen(asked, Orders.lock(handle.getConnection(), asked.caller().tenant(), asked.order()));
    Order before = found.order();
    Order after = before.fulfilled(chosen(before, wanted, OrderLine::open), found.now());
    Orders.change(handle.getConnection(), asked.caller().tenant(), List.of(after));
    Outbox.add(
        handle.getConnection(),
        asked.caller().tenant(),
        List.of(OrderEvents.stepped(OrderStep.FULFIL, after)));
    Change change = OrderTrail.of(before, after);
    return new OncePerKey.Done(answer(after), change.before(), change.after());
  }

  private Response decided(Asked asked, Plan plan) throws SQLException {
    KeyedRequest keyed =
        KeyedRequest.of(asked.caller(), asked.operation(), asked.key(), asked.text());
    for (int look = 1; look <= MAX_LOOKS; look++) {
      Looked looked = look(asked, keyed);
      if (looked.earlier().isPresent()) {
        return looked.earlier().get();
      }
      Orders.Found found = seen(asked, looked.found());
      var asker = new OrderAsk.Asker(asked.caller().actor(), RequestOrigin.ofRequest(), keyed);
      Move move = plan.of(found.order(), found.state(), asker);
      Call call = asked.reach().call().withKey(keyed == null ? null : keyed.engineKey());
      Answer answer =
          engine.decided(
              move.command(), call.with(move.stepping()).with(new OrderChange(found.order().id())));
      if (answer.outcome() instanceof Refusal refusal) {
        requireOvertaken(move.command(), refusal);
      } else if (answer.replayed()) {
        return repeated(asked, keyed);
      } else {
        metrics.stepped(asked.step());
        return answer(asker.order().orElseThrow()).response(false);
      }
    }
    throw new ProblemException(
        Problem.of(ProblemCode.BUSY, "others go on with the order all the time"));
  }

  /// The answer to the earlier request that had the effect; or the order as it is now, if that
  /// answer is not kept any more.
  private Response repeated(Asked asked, @Nullable KeyedRequest keyed) throws SQLException {
    Looked looked = look(asked, keyed);
    if (looked.earlier().isPresent()) {
      return looked.earlier().get();
    }
    Orders.Found found = looked.found().orElseThrow(() -> OrderPath.unknown(asked.order()));
    return GivenAnswer.changed(found.order().version(), OrderBodies.Told.of(found)).response(true);
  }

  /// @param earlier the answer that was given before to a request with the same key
  private record Looked(Optional<Orders.Found> found, Optional<Response> earlier) {}

  /// The order before the answer: what an earlier request with the key has made of the order is
  /// then never seen without its answer.
  private Looked look(Asked asked, @Nullable KeyedRequest keyed) throws SQLException {
    return tenants.inTransaction(
        asked.caller().tenant(),
        handle -> {
          Optional<Orders.Found> found =
              Orders.find(handle.getConnection(), asked.caller().tenant(), asked.order());
          return new Looked(
              found,
              keyed == null ? Optional.empty() : keyed.replay(handle, asked.caller().tenant()));
        });
  }

  /// The order if there is one for the caller, and the step is one that may be done with it now.
  private static Orders.Found seen(Asked asked, Optional<Orders.Found> looked) {
    Orders.Found found =
        looked
            .filter(each -> asked.reach().sees(each.order().terms().customer()))
            .orElseThrow(() -> OrderPath.unknown(asked.order()));
    long version = found.order().version();
    Long expected = asked.expectedVersion();
    VersionTag.requireDone(expected == null || expected == version, expected, version);
    if (!found.steps().contains(asked.step())) {
      throw new ProblemException(illegal(found));
    }
    return found;
  }

  private static Problem illegal(Orders.Found found) {
    List<String> steps = found.steps().stream().map(OrderStep::code).toList();
    return Problem.illegalStep(
        "order %s is %s; what may be done: %s"
            .formatted(
                found.order().terms().number(),
                found.state().code(),
                steps.isEmpty() ? "nothing" : String.join(", ", steps)),
        found.state().code(),
        steps);
  }

  /// Ends the request unless another look may show why it was refused.
  private static void requireOvertaken(Command command, Refusal refusal) {
    if (refusal instanceof Refusal.UnknownReservation) {
      throw new ProblemException(
          ProblemCode.ORDER_ARCHIVED,
          "the reservation of the order is in the archive; what comes back is received as stock");
    }
    if (!isOvertaken(refusal)) {
      throw new ProblemException(RefusalProblems.of(command, refusal));
    }
  }

  /// Whether somebody else has gone on with the order since it was looked at.
  static boolean isOvertaken(Refusal refusal) {
    return switch (refusal) {
      case Refusal.ReservationNotHeld _,
          Refusal.ReservationNotCommitted _,
          Refusal.ReservationExpired _,
          Refusal.MoreThanReserved _ ->
          true;
      case Refusal.RefusedByParticipant participant ->
          participant.code().equals(ProblemCode.VERSION_CONFLICT.code());
      case Refusal _ -> false;
    };
  }

  private static GivenAnswer answer(Order order) {
    return GivenAnswer.changed(order.version(), OrderBodies.Told.of(order));
  }

  private static List<Line> lines(Map<Sku, Long> units) {
    List<Line> lines = new ArrayList<>();
    units.forEach((sku, quantity) -> lines.add(new Line(sku, null, quantity)));
    return lines;
  }

  /// What is wanted, if there is as much; or all that there is, if nothing was named.
  private static Map<Sku, Long> chosen(
      Order order, Map<Sku, Long> wanted, ToLongFunction<OrderLine> there) {
    Map<Sku, Long> left = new LinkedHashMap<>();
    for (OrderLine line : order.lines()) {
      if (there.applyAsLong(line) > 0) {
        left.put(line.sku(), there.applyAsLong(line));
      }
    }
    if (wanted.isEmpty()) {
      if (left.isEmpty()) {
        throw new ProblemException(ProblemCode.MORE_THAN_ORDERED, "there is nothing left for that");
      }
      return left;
    }
    List<Problem.Excess> excesses = new ArrayList<>();
    wanted.forEach(
        (sku, units) -> {
          long most = left.getOrDefault(sku, 0L);
          if (units > most) {
            excesses.add(new Problem.Excess(sku.value(), null, units, most));
          }
        });
    if (!excesses.isEmpty()) {
      throw new ProblemException(Problem.excess(ProblemCode.MORE_THAN_ORDERED, excesses));
    }
    return wanted;
  }
}
