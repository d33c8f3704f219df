package io.holdfast.server.payment;

import io.holdfast.server.order.OrderPayments.Bill;
import io.holdfast.server.order.OrderPayments.Payable;
import io.holdfast.server.payment.PaymentSettings.LatePayment;
import io.holdfast.server.payment.Refunds.Refund;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that is known of a payment, read at once, and what is to be done with it: the only place
/// that decides so.
record Turn(StoredPayment payment, Bill bill, PaymentSettings settings, List<Refund> refunds) {
  /// How long a buyer may take over what the bank asks, and the provider over its answer.
  static final Duration MAX_PENDING = Duration.ofHours(24);

  Turn {
    refunds = List.copyOf(refunds);
  }

  /// What is to be done.
  enum Doing {
    CREATE,
    /// The provider has not answered while the order could be paid. No money was asked for.
    GIVE_UP,
    AUTHORIZE,
    LOOK,
    /// To make the stock the buyer's.
    CONFIRM,
    /// To take no money, whatever the provider says.
    TURN_DOWN,
    CAPTURE,
    CANCEL,
    BEGIN_REFUND,
    REFUND,
    REST
  }

  Doing doing() {
    return switch (payment.state()) {
      case BEGUN -> begun();
      case PENDING -> Doing.LOOK;
      case AUTHORIZED -> mayBePaid() ? Doing.CONFIRM : Doing.TURN_DOWN;
      case CONFIRMED -> owed() < payment.amount() ? Doing.CAPTURE : Doing.TURN_DOWN;
      case CANCELLING -> Doing.CANCEL;
      case CAPTURED -> captured();
      case CANCELLED, DECLINED, FAILED -> Doing.REST;
    };
  }

  private Doing begun() {
    if (payment.intent() == null) {
      return mayGoOn() ? Doing.CREATE : Doing.GIVE_UP;
    }
    return mayGoOn() ? Doing.AUTHORIZE : Doing.TURN_DOWN;
  }

  private Doing captured() {
    if (begunRefund().isPresent()) {
      return Doing.REFUND;
    }
    return due() > 0 ? Doing.BEGIN_REFUND : Doing.REST;
  }

  /// Whether the buyer may go on with a payment that waits for it.
  boolean mayGoOn() {
    return mayBePaid() && !isOlderThan(MAX_PENDING);
  }

  private boolean mayBePaid() {
    return mayBePaid(bill, settings);
  }

  static boolean mayBePaid(Bill bill, PaymentSettings settings) {
    return bill.payable() == Payable.IN_TIME
        || (bill.payable() == Payable.LATE && settings.latePayment() == LatePayment.RESERVE_AGAIN);
  }

  Optional<Refund> begunRefund() {
    return refunds.stream().filter(Refund::isBegun).findFirst();
  }

  /// What has to go back and is not on its way. What the provider has refused stays refused, until
  /// somebody looks into it.
  long due() {
    return owed() - refunds.stream().mapToLong(Refund::amount).sum();
  }

  /// All of what paid for no stock.
  private long owed() {
    return payment.confirmedAt() == null
        ? payment.amount()
        : Math.min(bill.givenBack(), payment.amount());
  }

  private boolean isOlderThan(Duration age) {
    Instant end = payment.begunAt().plus(age);
    return payment.now().isAfter(end);
  }
}
