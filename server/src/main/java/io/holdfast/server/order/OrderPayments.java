package io.holdfast.server.order;

import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.server.stock.Reach;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockFailure.Category;
import io.holdfast.stock.TenantId;
import io.micrometer.core.instrument.Metrics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What a provider of payments has to know of orders, and the one thing that it does with them.
public final class OrderPayments {
  private static final long MAX_WAIT_SECONDS = 20;

  private final StockEngine engine;
  private final OrderMetrics metrics = new OrderMetrics(Metrics.globalRegistry);

  public OrderPayments(StockEngine engine) {
    this.engine = engine;
  }

  /// Whether an order can be paid.
  public enum Payable {
    IN_TIME,
    /// It has expired, and the stock's policy reserves again what has.
    LATE,
    NO
  }

  /// An order as it was read.
  ///
  /// @param total in minor units of the currency
  /// @param givenBack what of the total is for units that were cancelled or have come back
  public record Bill(
      ReservationId order,
      String number,
      String state,
      long version,
      Payable payable,
      long total,
      long givenBack,
      String currency,
      List<String> steps) {

    /// Of an order that can't be paid now.
    public ProblemException illegal() {
      return new ProblemException(
          Problem.illegalStep("order %s is %s".formatted(number, state), state, steps));
    }
  }

  /// What has come of paying an order.
  public sealed interface Paid {
    /// Its stock is the buyer's.
    record Done() implements Paid {}

    /// Somebody has gone on with it, or its time was up.
    record Overtaken() implements Paid {}

    /// It won't be, for instance for lack of stock.
    ///
    /// @param code of the problem
    record Refused(String code) implements Paid {}

    /// The engine has no time for it, or for its answer.
    record Unanswered() implements Paid {}
  }

  public static Optional<Bill> find(Connection transaction, TenantId tenant, ReservationId order)
      throws SQLException {
    return Orders.find(transaction, tenant, order).map(OrderPayments::bill);
  }

  /// Ends the request unless there is such an order for the caller.
  ///
  /// @param id as the address has it
  public static Bill seen(Connection transaction, Reach reach, String id) throws SQLException {
    ReservationId order = OrderPath.id(id);
    return Orders.find(transaction, reach.caller().tenant(), order)
        .filter(found -> reach.sees(found.order().terms().customer()))
        .map(OrderPayments::bill)
        .orElseThrow(() -> OrderPath.unknown(order));
  }

  private static Bill bill(Orders.Found found) {
    Order order = found.order();
    Payable payable =
        switch (found.state()) {
          case PLACED -> Payable.IN_TIME;
          case EXPIRED -> found.isPaidLate() ? Payable.LATE : Payable.NO;
          case PAID, PARTLY_FULFILLED, FULFILLED, RETURNED, CANCELLED -> Payable.NO;
        };
    long givenBack = 0;
    for (OrderLine line : order.lines()) {
      long units = line.cancelled() + line.returned();
      givenBack = Math.addExact(givenBack, Math.multiplyExact(line.unitPrice(), units));
    }
    return new Bill(
        order.id(),
        order.terms().number(),
        found.state().code(),
        order.version(),
        payable,
        order.terms().total(),
        givenBack,
        order.terms().currency(),
        found.steps().stream().map(OrderStep::code).toList());
  }

  /// Makes the stock the buyer's, in one transaction with what the attachment stands for. The
  /// engine decides it: what has expired is reserved again, or it is refused.
  ///
  /// @param reference of the payment where it was made
  public Paid pay(TenantId tenant, Actor actor, Bill bill, String reference, Attachment with) {
    var asker = new OrderAsk.Asker(actor, RequestOrigin.ofNode(), null);
    var paying =
        new OrderAsk.Paying(
            asker,
            bill.order(),
            bill.version(),
            Payment.Method.STRIPE,
            reference,
            bill.payable() == Payable.LATE);
    Command command = new Command.Commit(bill.order());
    Answer answer;
    try {
      answer =
          engine
              .submit(command, Call.by(tenant, actor).with(paying).with(with))
              .toCompletableFuture()
              .orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS)
              .join();
    } catch (CompletionException e) {
      if (isLater(e.getCause())) {
        return new Paid.Unanswered();
      }
      throw e;
    }
    if (!(answer.outcome() instanceof Refusal refusal)) {
      metrics.stepped(OrderStep.PAY);
      return new Paid.Done();
    }
    return OrderSteps.isOvertaken(refusal)
        ? new Paid.Overtaken()
        : new Paid.Refused(RefusalProblems.of(command, refusal).code());
  }

  private static boolean isLater(@Nullable Throwable cause) {
    return cause instanceof TimeoutException
        || (cause instanceof StockFailure failure && failure.category() != Category.INTERNAL);
  }
}
