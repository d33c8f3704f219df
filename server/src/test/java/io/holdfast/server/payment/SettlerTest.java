package io.holdfast.server.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.order.OrderPayments;
import io.holdfast.server.payment.StripeServer.Fault;
import io.holdfast.stock.ReservationId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An order is charged once, and never without its stock.
class SettlerTest extends PaidOrders {
  @Test
  void whatIsAuthorisedIsCapturedOnceTheStockIsTheBuyers() throws SQLException {
    ReservationId order = placed(2);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    assertEquals(PaymentState.CAPTURED, state(id));
    assertNotNull(payment(id).confirmedAt());
    assertEquals("succeeded", intent(id).status());
    assertEquals(2 * PRICE, intent(id).received());
    assertEquals("eur", intent(id).currency());
    assertEquals("paid", bill(order).state());
    assertEquals(bill(order).number(), intent(id).form().get("metadata[order]"));
    assertFalse(isDue(id));
  }

  @Test
  void whatIsDeclinedPaysNothingAndAnotherMayBeTried() throws SQLException {
    ReservationId order = placed(1);
    StoredPayment.Id id = paid(order, StripeServer.DECLINED);
    assertEquals(PaymentState.DECLINED, state(id));
    assertEquals("card_declined", payment(id).fault());
    assertEquals("placed", bill(order).state());
    assertEquals(PaymentState.CAPTURED, state(paid(order, StripeServer.GOOD)));
  }

  @Test
  void anOrderHasOneLivingPayment() {
    ReservationId order = placed(1);
    begun(order, StripeServer.GOOD);
    var second = new StoredPayment.Id(tenant, UUID.randomUUID());
    var wanted = new Payments.NewPayment(order, StripeServer.GOOD, PRICE, "EUR", BUYER.name());
    boolean isAdded =
        tenants.inTransaction(
            tenant, handle -> Payments.add(handle, second, wanted, UUID.randomUUID()));
    assertFalse(isAdded);
  }

  @ParameterizedTest
  @CsvSource({
    "authorize, LOST_ANSWER",
    "authorize, LOST_REQUEST",
    "authorize, SLOW",
    "authorize, FAULT",
    "create, LOST_ANSWER",
    "create, LOST_REQUEST",
    "create, SLOW",
    "capture, LOST_ANSWER",
    "capture, LOST_REQUEST",
    "capture, SLOW",
    "capture, FAULT"
  })
  void whicheverAnswerIsLostItIsChargedOnce(String kind, Fault fault) throws SQLException {
    ReservationId order = placed(2);
    stripe.fail(kind, fault);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    assertFalse(state(id).isOver());
    assertFalse(state(id) == PaymentState.CAPTURED);
    settleAll(id);
    assertEquals(PaymentState.CAPTURED, state(id));
    assertEquals(2 * PRICE, intent(id).received());
    assertEquals("paid", bill(order).state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "authorize", "capture"})
  void whereverANodeDiesAnotherGoesOn(String step) throws SQLException {
    ReservationId order = placed(1);
    Begun begun = begun(order, StripeServer.GOOD);
    Settler dying = settler(dying(step));
    assertThrows(IllegalStateException.class, () -> dying.settleNew(begun.id(), begun.lease()));
    // Nobody else goes on with it as long as it could live.
    settler.settle(begun.id());
    assertFalse(state(begun.id()) == PaymentState.CAPTURED);
    settleAll(begun.id());
    assertEquals(PaymentState.CAPTURED, state(begun.id()));
    assertEquals(PRICE, intent(begun.id()).received());
  }

  /// Of a node that is killed when the provider has done what it was asked for.
  private PaymentProvider dying(String step) {
    Stripe real = new Stripe(calls);
    return (PaymentProvider)
        Proxy.newProxyInstance(
            PaymentProvider.class.getClassLoader(),
            new Class<?>[] {PaymentProvider.class},
            (_, method, arguments) -> {
              Object answer;
              try {
                answer = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
              if (method.getName().equals(step)) {
                throw new IllegalStateException("killed");
              }
              return answer;
            });
  }

  @Test
  void manyNodesAtOnceChargeOnce() throws Exception {
    ReservationId order = placed(1);
    Begun begun = begun(order, StripeServer.GOOD);
    letTimePass();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> nodes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        nodes.add(
            () -> {
              settler.settle(begun.id());
              return true;
            });
      }
      for (Future<Boolean> node : threads.invokeAll(nodes)) {
        assertTrue(node.get());
      }
    }
    settleAll(begun.id());
    assertEquals(PaymentState.CAPTURED, state(begun.id()));
    assertEquals(PRICE, intent(begun.id()).received());
  }

  @Test
  void whoeverHasLostTheLeasePaysNoOrder() throws SQLException {
    ReservationId order = placed(1);
    StoredPayment.Id id = paid(order, StripeServer.ASKS_THE_BUYER);
    OrderPayments.Paid paid =
        orders.pay(
            tenant,
            BUYER,
            bill(order),
            "pi_of_somebody",
            new ConfirmedPayments.Confirming(UUID.randomUUID()));
    assertInstanceOf(OrderPayments.Paid.Overtaken.class, paid);
    assertEquals("placed", bill(order).state());
    assertEquals(PaymentState.PENDING, state(id));
  }

  @Test
  void whatTheBuyerHasToDoIsWaitedFor() throws SQLException {
    ReservationId order = placed(1);
    StoredPayment.Id id = paid(order, StripeServer.ASKS_THE_BUYER);
    assertEquals(PaymentState.PENDING, state(id));
    assertNotNull(payment(id).clientSecret());
    letTimePass();
    settler.settle(id);
    assertEquals(PaymentState.PENDING, state(id));
    stripe.buyerDone(intent(id).id(), true);
    settleAll(id);
    assertEquals(PaymentState.CAPTURED, state(id));
    assertNull(payment(id).clientSecret());
  }

  @Test
  void whatTheBuyerHasNotDoneIsCancelledSoThatNothingComesOfItLater() throws SQLException {
    ReservationId order = placed(1);
    StoredPayment.Id id = paid(order, StripeServer.ASKS_THE_BUYER);
    stripe.buyerDone(intent(id).id(), false);
    settleAll(id);
    assertEquals(PaymentState.CANCELLED, state(id));
    assertEquals("card_declined", payment(id).fault());
    assertEquals("canceled", intent(id).status());
  }

  @Test
  void aFaultThatIsToldForAKeyAllDayKeepsNobodyFromPaying() throws SQLException {
    ReservationId order = placed(1);
    stripe.fail("create", Fault.FAULT);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    assertEquals(PaymentState.CAPTURED, state(id));
    assertEquals(PRICE, intent(id).received());
  }

  @Test
  void whatNobodyAnswersForADayIsGivenUp() throws SQLException {
    ReservationId order = placed(1);
    stripe.fail("create", Fault.LOST_ANSWER);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    aDayLater();
    settleAll(id);
    assertEquals(PaymentState.FAILED, state(id));
    assertEquals("unanswered", payment(id).fault());
    assertEquals("requires_confirmation", intent(id).status());
    assertEquals(PaymentState.CAPTURED, state(paid(order, StripeServer.GOOD)));
  }

  @ParameterizedTest
  @ValueSource(strings = {StripeServer.GOOD, StripeServer.ASKS_THE_BUYER})
  void whatIsNotPaidForADayIsCancelledAtTheProvider(String method) throws SQLException {
    ReservationId order = placed(1);
    stripe.fail("authorize", Fault.LOST_ANSWER);
    StoredPayment.Id id = paid(order, method);
    aDayLater();
    settleAll(id);
    assertEquals(PaymentState.CANCELLED, state(id));
    assertEquals("canceled", intent(id).status());
    assertEquals(0, intent(id).received());
    assertEquals("placed", bill(order).state());
  }

  private void aDayLater() {
    superuser.useHandle(
        handle ->
            handle.execute(
                "UPDATE holdfast.payments SET begun_at = begun_at - interval '24 hours'"
                    + " WHERE tenant_id = ?",
                tenant.value()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sent", "wanted"})
  void whatIsSetFreeAtTheProviderBeforeItIsTakenIsAnAuthorisationLost(String when)
      throws SQLException {
    ReservationId order = placed(1);
    stripe.fail("capture", when.equals("sent") ? Fault.LOST_REQUEST : Fault.FAULT);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    assertEquals(PaymentState.CONFIRMED, state(id));
    stripe.lapse(intent(id).id());
    settleAll(id);
    assertEquals(PaymentState.FAILED, state(id));
    assertEquals("authorization_lost", payment(id).fault());
    assertEquals("paid", bill(order).state());
    assertEquals(0, intent(id).received());
  }

  @Test
  void aWrongKeyIsToldAtOnceAndLeavesNothingOpen() throws SQLException {
    superuser.useHandle(
        handle ->
            handle.execute(
                "UPDATE holdfast.payment_settings SET secret_key = 'sk_test_of_nobody'"
                    + " WHERE tenant_id = ?",
                tenant.value()));
    StoredPayment.Id id = paid(placed(1), StripeServer.GOOD);
    assertEquals(PaymentState.FAILED, state(id));
    assertEquals("unreachable", payment(id).fault());
    assertEquals(List.of(), stripe.intentsOf(id.payment().toString()));
  }
}
