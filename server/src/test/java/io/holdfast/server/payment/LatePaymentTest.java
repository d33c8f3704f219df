package io.holdfast.server.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.order.OrderPayments;
import io.holdfast.server.payment.StripeServer.Fault;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.ReservationId;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What was paid too late, and what is not wanted any more.
class LatePaymentTest extends PaidOrders {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsAuthorisedTooLateIsCancelledByThePolicyRefund(boolean stockReservesAgain)
      throws SQLException {
    if (stockReservesAgain) {
      superuser.useHandle(this::policyReservesAgain);
    }
    ReservationId order = placed(1);
    StoredPayment.Id id = paid(order, StripeServer.ASKS_THE_BUYER);
    expire(order);
    stripe.buyerDone(intent(id).id(), true);
    stripe.fail("cancel", Fault.LOST_ANSWER);
    settleAll(id);
    assertEquals(PaymentState.CANCELLED, state(id));
    assertEquals("canceled", intent(id).status());
    assertEquals("expired", bill(order).state());
  }

  @Test
  void whatExpiresBetweenTheLookAndTheCommitIsLateToo() {
    superuser.useHandle(this::policyReservesAgain);
    ReservationId order = placed(1);
    Begun begun = begun(order, StripeServer.GOOD);
    var authorized = new Payments.NextState(PaymentState.AUTHORIZED, "pi_1", null, null);
    boolean isChanged =
        tenants.inTransaction(
            tenant, handle -> Payments.change(handle, begun.id(), begun.lease(), authorized));
    assertTrue(isChanged);
    OrderPayments.Bill inTime = bill(order);
    expire(order);
    assertInstanceOf(
        OrderPayments.Paid.Overtaken.class,
        orders.pay(tenant, BUYER, inTime, "pi_1", new ConfirmedPayments.Confirming(begun.lease())));
    assertEquals("expired", bill(order).state());
    assertEquals(PaymentState.AUTHORIZED, state(begun.id()));
  }

  @Test
  void whatIsAuthorisedTooLateBringsTheOrderBackByThePolicyReserveAgain() throws SQLException {
    reserveAgain();
    ReservationId order = placed(2);
    StoredPayment.Id id = paid(order, StripeServer.ASKS_THE_BUYER);
    expire(order);
    stripe.buyerDone(intent(id).id(), true);
    settleAll(id);
    assertEquals(PaymentState.CAPTURED, state(id));
    assertEquals("paid", bill(order).state());
    assertEquals(2 * PRICE, intent(id).received());
  }

  @Test
  void withoutStockThePolicyReserveAgainTakesNothing() throws SQLException {
    reserveAgain();
    ReservationId order = placed(2);
    StoredPayment.Id id = paid(order, StripeServer.ASKS_THE_BUYER);
    expire(order);
    done(new Command.Purchase(List.of(new Line(sku, null, 4)), null), Call.by(tenant, BUYER));
    stripe.buyerDone(intent(id).id(), true);
    settleAll(id);
    assertEquals(PaymentState.CANCELLED, state(id));
    assertEquals("insufficient_stock", payment(id).fault());
    assertEquals("canceled", intent(id).status());
    assertEquals("expired", bill(order).state());
  }

  @ParameterizedTest
  @CsvSource({"refund, LOST_ANSWER", "refund, LOST_REQUEST", "refund, SLOW", "list, SLOW"})
  void whatSomebodyHasChargedTooLateGoesBackOnce(String kind, Fault fault) throws SQLException {
    ReservationId order = placed(1);
    StoredPayment.Id id = paid(order, StripeServer.ASKS_THE_BUYER);
    expire(order);
    stripe.charge(intent(id).id());
    stripe.fail(kind, fault);
    settleAll(id);
    assertEquals(PaymentState.CAPTURED, state(id));
    assertNull(payment(id).confirmedAt());
    assertEquals(1, refunds(id).size());
    assertEquals("made", refunds(id).getFirst().state());
    assertEquals(1, stripe.refundsOf(intent(id).id()).size());
    assertEquals(PRICE, stripe.refundsOf(intent(id).id()).getFirst().amount());
  }

  @ParameterizedTest
  @CsvSource({"LOST_ANSWER", "LOST_REQUEST"})
  void whatComesBackIsRefundedOnceAndNoMore(Fault fault) throws SQLException {
    ReservationId order = placed(3);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    assertFalse(isDue(id));
    giveBack(order, 1);
    assertTrue(isDue(id));
    stripe.fail("refund", fault);
    settleAll(id);
    giveBack(order, 2);
    settleAll(id);
    letTimePass();
    settler.settle(id);
    assertEquals(
        List.of(PRICE, 2 * PRICE),
        stripe.refundsOf(intent(id).id()).stream().map(StripeServer.RefundRow::amount).toList());
    assertEquals(List.of("made", "made"), refunds(id).stream().map(Refunds.Refund::state).toList());
  }

  @Test
  void aRefundThatIsRefusedIsToldAndNotTriedAgain() throws SQLException {
    ReservationId order = placed(2);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Metrics.addRegistry(meters);
    stripe.refuseRefunds(true);
    giveBack(order, 1);
    settleAll(id);
    stripe.refuseRefunds(false);
    assertEquals("failed", refunds(id).getFirst().state());
    assertEquals("charge_already_refunded", refunds(id).getFirst().fault());
    double counted =
        meters.get("holdfast.payments").tag("result", "refund_failed").counter().count();
    Metrics.removeRegistry(meters);
    assertEquals(1, counted);
    giveBack(order, 1);
    settleAll(id);
    assertEquals(
        List.of("failed", "made"), refunds(id).stream().map(Refunds.Refund::state).toList());
    assertEquals(1, stripe.refundsOf(intent(id).id()).size());
  }

  @Test
  void aRefundThatComesToNothingAtTheProviderIsNone() throws SQLException {
    ReservationId order = placed(1);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    giveBack(order, 1);
    stripe.refundsEnd("failed");
    settleAll(id);
    assertEquals("failed", refunds(id).getFirst().state());
    assertEquals("lost_or_stolen_card", refunds(id).getFirst().fault());
  }

  @Test
  void aRefundWhoseKeyIsForgottenIsFoundByItsName() throws SQLException {
    ReservationId order = placed(1);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    giveBack(order, 1);
    stripe.fail("refund", Fault.LOST_ANSWER);
    letTimePass();
    settler.settle(id);
    assertEquals("begun", refunds(id).getFirst().state());
    stripe.forgetKeys();
    settleAll(id);
    assertEquals(1, stripe.refundsOf(intent(id).id()).size());
    assertEquals("made", refunds(id).getFirst().state());
  }
}
