package io.holdfast.server.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.stock.ReservationId;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody has done by hand to payments is found, and nothing else is.
class PaymentVerifierTest extends PaidOrders {
  private List<String> differences() throws SQLException {
    try (Handle handle = superuser.open()) {
      return PaymentVerifier.differences(handle, tenant).stream()
          .map(one -> one.check() + " " + one.expected() + ", " + one.found())
          .toList();
    }
  }

  /// One of which a part went back.
  private StoredPayment.Id paidAndReturned() throws SQLException {
    ReservationId order = placed(2);
    StoredPayment.Id id = paid(order, StripeServer.GOOD);
    giveBack(order, 1);
    settleAll(id);
    return id;
  }

  @Test
  void whatIsAsItWasIsNotTold() throws SQLException {
    paidAndReturned();
    paid(placed(1), StripeServer.DECLINED);
    paid(placed(1), StripeServer.ASKS_THE_BUYER);
    assertEquals(List.of(), differences());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE payments SET amount = 501 WHERE true \
          | payment.amount 500 EUR, 501 EUR
          UPDATE orders SET payment_method = 'manual' WHERE true \
          | payment.order an order that is paid by INTENT, manual INTENT
          UPDATE payments SET confirmed_at = NULL WHERE true \
          | order.payment a payment by INTENT, none
          UPDATE payment_refunds SET amount = 900 WHERE true \
          | payment.refunds at most 500, 900
          """)
  void whatWasChangedByHandIsTold(String change, String told) throws SQLException {
    StoredPayment.Id id = paidAndReturned();
    superuser.useTransaction(
        handle -> {
          handle.execute("SET LOCAL search_path = holdfast");
          handle.execute(change + " AND tenant_id = ?", tenant.value());
        });
    assertEquals(List.of(told.replace("INTENT", intent(id).id())), differences());
  }
}
