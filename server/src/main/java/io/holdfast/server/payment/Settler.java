package io.holdfast.server.payment;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.order.OrderPayments;
import io.holdfast.server.order.OrderPayments.Paid;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.payment.PaymentProvider.Authorization;
import io.holdfast.server.payment.PaymentProvider.Repaid;
import io.holdfast.server.payment.PaymentProvider.Repayment;
import io.holdfast.server.payment.Payments.NextState;
import io.holdfast.server.payment.ProviderAnswer.Refused;
import io.holdfast.server.payment.ProviderAnswer.Told;
import io.holdfast.server.payment.ProviderAnswer.Trace;
import io.holdfast.server.payment.ProviderAnswer.Unknown;
import io.holdfast.server.payment.Refunds.Refund;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Goes on with a payment until there is nothing more to do now. Each step is read in one
/// transaction, done without any, and written in another one, by whoever has the lease. So
/// whichever answer is lost, and whichever node dies, the next one finds how far it was.
final class Settler {
  private static final int MAX_STEPS = 12;

  private final Tools tools;

  /// What it works with.
  record Tools(
      TenantScope tenants,
      OrderPayments orders,
      PaymentProvider provider,
      Trail trail,
      PaymentMetrics metrics,
      Pauses pauses) {}

  Settler(Tools tools) {
    this.tools = tools;
  }

  /// One step of somebody who has the lease.
  ///
  /// @param isFirst whether nobody has asked the provider for the payment before
  private record Step(Turn turn, UUID lease, boolean isFirst) {
    StoredPayment payment() {
      return turn.payment();
    }

    SecretKey account() {
      return Objects.requireNonNull(turn.settings().secretKey());
    }
  }

  /// Goes on with what somebody has begun.
  void settle(StoredPayment.Id id) throws SQLException {
    settle(id, UUID.randomUUID(), false);
  }

  /// @param lease that was taken when it was begun
  void settleNew(StoredPayment.Id id, UUID lease) throws SQLException {
    settle(id, lease, true);
  }

  private void settle(StoredPayment.Id id, UUID lease, boolean isNew) throws SQLException {
    for (int i = 0; i < MAX_STEPS; i++) {
      Optional<Turn> turn = taken(id, lease);
      if (turn.isEmpty() || !goneOn(new Step(turn.get(), lease, isNew && i == 0))) {
        return;
      }
    }
    in(id, handle -> ended(handle, id, lease, tools.pauses().afterLost(0)));
  }

  private interface Work<T> {
    T on(Handle handle) throws SQLException;
  }

  private <T> T in(StoredPayment.Id id, Work<T> work) throws SQLException {
    return tools.tenants().inTransaction(id.tenant(), work::on);
  }

  /// The order is read after the payment is locked: whoever changes the order later wakes it.
  private Optional<Turn> taken(StoredPayment.Id id, UUID lease) throws SQLException {
    return in(
        id,
        handle -> {
          Optional<StoredPayment> payment = Payments.take(handle, id, lease);
          if (payment.isEmpty()) {
            return Optional.empty();
          }
          return Optional.of(
              new Turn(
                  payment.get(),
                  OrderPayments.find(handle.getConnection(), id.tenant(), payment.get().order())
                      .orElseThrow(),
                  PaymentSettings.read(handle, id.tenant()),
                  Refunds.of(handle, id)));
        });
  }

  /// @return whether there may be more to do
  private boolean goneOn(Step step) throws SQLException {
    return switch (step.turn().doing()) {
      case CREATE -> create(step);
      case GIVE_UP -> changed(step, next(PaymentState.FAILED, "unanswered"));
      case AUTHORIZE -> authorize(step);
      case LOOK -> look(step);
      case CONFIRM -> confirm(step);
      case TURN_DOWN -> changed(step, next(PaymentState.CANCELLING, null));
      case CAPTURE -> capture(step);
      case CANCEL -> cancel(step);
      case BEGIN_REFUND -> beginRefund(step);
      case REFUND -> refund(step);
      case REST -> ended(step, null);
    };
  }

  /// An intent alone asks for no money. So another one does no harm where the provider tells the
  /// same fault for a key all day.
  private boolean create(Step step) throws SQLException {
    StoredPayment payment = step.payment();
    var wanted =
        new Authorization(
            payment.id().payment(),
            step.turn().bill().number(),
            payment.method(),
            payment.amount(),
            payment.currency());
    String key = payment.id().payment().toString();
    ProviderAnswer<Intent> answer = tools.provider().create(step.account(), wanted, key);
    if (answer instanceof Unknown<Intent> unknown && unknown.trace() == Trace.FAULT) {
      answer = tools.provider().create(step.account(), wanted, key(step, "create"));
    }
    return switch (answer) {
      case Told<Intent>(Intent intent) ->
          changed(step, new NextState(PaymentState.BEGUN, intent.id(), null, null));
      case Refused<Intent>(String code) -> changed(step, next(PaymentState.FAILED, code));
      case Unknown<Intent> unknown when unknown.trace() == Trace.UNTOUCHED && step.isFirst() ->
          changed(step, next(PaymentState.FAILED, "unreachable"));
      case Unknown<Intent> _ -> lost(step);
    };
  }

  private boolean authorize(Step step) throws SQLException {
    return switch (doneOnce(
        step, Intent.Status.UNCONFIRMED, "authorize", tools.provider()::authorize)) {
      case Told<Intent>(Intent intent) -> authorized(step, intent);
      case Refused<Intent>(String code) -> changed(step, next(PaymentState.CANCELLING, code));
      case Unknown<Intent> _ -> lost(step);
    };
  }

  private boolean authorized(Step step, Intent intent) throws SQLException {
    return switch (intent.status()) {
      case UNCONFIRMED -> lost(step);
      case WAITING ->
          changed(step, seen(PaymentState.PENDING, intent))
              && ended(step, tools.pauses().whilePending(0));
      // What has been charged already is good for the order as well: capturing it finds it so.
      case AUTHORIZED, CHARGED -> changed(step, seen(PaymentState.AUTHORIZED, intent));
      case CANCELLED -> changed(step, seen(PaymentState.CANCELLED, intent));
      case DECLINED -> changed(step, seen(PaymentState.DECLINED, intent));
    };
  }

  private boolean look(Step step) throws SQLException {
    StoredPayment payment = step.payment();
    if (!(found(step) instanceof Told<Intent>(Intent intent))) {
      return lost(step);
    }
    return switch (intent.status()) {
      case WAITING, UNCONFIRMED ->
          step.turn().mayGoOn()
              ? ended(step, tools.pauses().whilePending(payment.attempts()))
              : changed(step, next(PaymentState.CANCELLING, null));
      // The buyer's browser could go on with it, by another card.
      case DECLINED -> changed(step, next(PaymentState.CANCELLING, intent.fault()));
      case AUTHORIZED, CHARGED, CANCELLED -> authorized(step, intent);
    };
  }

  private boolean confirm(Step step) throws SQLException {
    StoredPayment payment = step.payment();
    Paid paid =
        tools
            .orders()
            .pay(
                payment.id().tenant(),
                new Actor(payment.begunBy()),
                step.turn().bill(),
                payment.knownIntent(),
                new ConfirmedPayments.Confirming(step.lease()));
    return switch (paid) {
      case Paid.Done _, Paid.Overtaken _ -> true;
      case Paid.Refused(String code) -> changed(step, next(PaymentState.CANCELLING, code));
      case Paid.Unanswered _ -> lost(step);
    };
  }

  private boolean capture(Step step) throws SQLException {
    if (!(doneOnce(step, Intent.Status.AUTHORIZED, "capture", tools.provider()::capture)
        instanceof Told<Intent>(Intent intent))) {
      return lost(step);
    }
    return switch (intent.status()) {
      case CHARGED -> changed(step, seen(PaymentState.CAPTURED, intent));
      case CANCELLED, DECLINED -> changed(step, next(PaymentState.FAILED, "authorization_lost"));
      case UNCONFIRMED, WAITING, AUTHORIZED -> lost(step);
    };
  }

  private interface Asking {
    ProviderAnswer<Intent> ask(SecretKey account, String intent, String key);
  }

  /// Asks for what becomes of an intent at most once, so that each attempt may have a key of its
  /// own: with the one before, a fault of the provider would be told again and again.
  ///
  /// @param before how the intent is until then
  private ProviderAnswer<Intent> doneOnce(
      Step step, Intent.Status before, String what, Asking asking) {
    StoredPayment payment = step.payment();
    boolean isAgain = payment.attempts() > 0;
    if (isAgain) {
      ProviderAnswer<Intent> seen = found(step);
      if (!isAt(seen, before)) {
        return seen;
      }
    }
    ProviderAnswer<Intent> answer =
        asking.ask(step.account(), payment.knownIntent(), key(step, what));
    if (isAgain || !(answer instanceof Refused<Intent>)) {
      return answer;
    }
    ProviderAnswer<Intent> seen = found(step);
    return isAt(seen, before) ? answer : seen;
  }

  private static boolean isAt(ProviderAnswer<Intent> seen, Intent.Status status) {
    return seen instanceof Told<Intent>(Intent intent) && intent.status() == status;
  }

  /// How the intent is. Where the account has no such, it is another account, and nothing is known.
  private ProviderAnswer<Intent> found(Step step) {
    ProviderAnswer<Intent> answer =
        tools.provider().find(step.account(), step.payment().knownIntent());
    return answer instanceof Refused<Intent>(String code)
        ? new Unknown<>(code, Trace.FAULT)
        : answer;
  }

  private boolean cancel(Step step) throws SQLException {
    StoredPayment payment = step.payment();
    ProviderAnswer<Intent> answer =
        tools.provider().cancel(step.account(), payment.knownIntent(), key(step, "cancel"));
    if (!(answer instanceof Told<Intent>)) {
      answer = found(step);
    }
    if (!(answer instanceof Told<Intent>(Intent intent))) {
      return lost(step);
    }
    return switch (intent.status()) {
      case CANCELLED -> changed(step, seen(PaymentState.CANCELLED, intent));
      case CHARGED -> changed(step, seen(PaymentState.CAPTURED, intent));
      case UNCONFIRMED, WAITING, AUTHORIZED, DECLINED -> lost(step);
    };
  }

  private static String key(Step step, String what) {
    return step.payment().id().payment() + "-" + what + "-" + step.payment().attempts();
  }

  private boolean beginRefund(Step step) throws SQLException {
    StoredPayment.Id id = step.payment().id();
    return in(
        id,
        handle -> {
          boolean isOurs = Payments.take(handle, id, step.lease()).isPresent();
          if (isOurs && Refunds.of(handle, id).size() == step.turn().refunds().size()) {
            Refunds.add(handle, id, step.turn().due());
          }
          return isOurs;
        });
  }

  /// What may have been made before is looked for first: keys are forgotten after a day.
  private boolean refund(Step step) throws SQLException {
    StoredPayment payment = step.payment();
    Refund begun = step.turn().begunRefund().orElseThrow();
    var wanted =
        new Repayment(begun.id(), payment.knownIntent(), begun.amount(), payment.currency());
    return switch (tools.provider().findRefund(step.account(), wanted)) {
      case Told<List<Repaid>>(List<Repaid> found) ->
          found.isEmpty() ? refund(step, begun, wanted) : repaid(step, begun, found.getFirst());
      // It may have been made before, at an account that is not asked any more.
      case Refused<List<Repaid>> _, Unknown<List<Repaid>> _ -> lost(step);
    };
  }

  private boolean refund(Step step, Refund begun, Repayment wanted) throws SQLException {
    return switch (tools.provider().refund(step.account(), wanted)) {
      case Told<Repaid>(Repaid repaid) -> repaid(step, begun, repaid);
      case Refused<Repaid>(String code) -> refundRefused(step, begun, code);
      case Unknown<Repaid> _ -> lost(step);
    };
  }

  private boolean repaid(Step step, Refund refund, Repaid repaid) throws SQLException {
    if (repaid.fault() != null) {
      return refundRefused(step, refund, repaid.fault());
    }
    return refundEnded(
        step,
        refund,
        handle -> Refunds.made(handle, tenant(step), refund.id(), repaid.reference()),
        "refunded");
  }

  private boolean refundRefused(Step step, Refund refund, String code) throws SQLException {
    return refundEnded(
        step,
        refund,
        handle -> Refunds.failed(handle, tenant(step), refund.id(), code),
        "refund_failed");
  }

  private static TenantId tenant(Step step) {
    return step.payment().id().tenant();
  }

  private boolean refundEnded(Step step, Refund refund, Consumer<Handle> ending, String result)
      throws SQLException {
    StoredPayment payment = step.payment();
    boolean isOurs =
        in(
            payment.id(),
            handle -> {
              if (Payments.take(handle, payment.id(), step.lease()).isEmpty()) {
                return false;
              }
              ending.accept(handle);
              tell(
                  handle,
                  payment,
                  State.of("refund", refund.id().toString()).and("state", "begun"),
                  State.of("refund", refund.id().toString())
                      .and("state", result)
                      .and("amount", refund.amount()));
              return true;
            });
    if (isOurs) {
      tools.metrics().ended(result);
    }
    return isOurs;
  }

  private static NextState next(PaymentState state, @Nullable String fault) {
    return new NextState(state, null, null, fault);
  }

  private static NextState seen(PaymentState state, Intent intent) {
    String clientSecret = state == PaymentState.PENDING ? intent.clientSecret() : null;
    return new NextState(state, intent.id(), clientSecret, intent.fault());
  }

  /// @return false: somebody else goes on with it by now
  private boolean changed(Step step, NextState next) throws SQLException {
    StoredPayment payment = step.payment();
    boolean isOurs =
        in(
            payment.id(),
            handle -> {
              boolean isChanged = Payments.change(handle, payment.id(), step.lease(), next);
              if (isChanged) {
                tell(
                    handle,
                    payment,
                    State.of("state", payment.state().code()),
                    State.of("state", next.state().code())
                        .and("fault", next.fault())
                        .and("intent", next.intent()));
              }
              return isChanged;
            });
    if (isOurs && (next.state().isOver() || next.state() == PaymentState.CAPTURED)) {
      tools.metrics().ended(next.state().code());
    }
    return isOurs;
  }

  private void tell(Handle handle, StoredPayment payment, State before, State after) {
    tools
        .trail()
        .add(
            handle,
            payment.id().tenant(),
            new Actor(payment.begunBy()),
            RequestOrigin.ofNode(),
            new Change(subject(payment.id()), before, after));
  }

  static Subject subject(StoredPayment.Id id) {
    return new Subject("payment", id.payment().toString());
  }

  private boolean lost(Step step) throws SQLException {
    return ended(step, tools.pauses().afterLost(step.payment().attempts()));
  }

  private boolean ended(Step step, @Nullable Long pauseMillis) throws SQLException {
    StoredPayment.Id id = step.payment().id();
    return in(id, handle -> ended(handle, id, step.lease(), pauseMillis));
  }

  private static boolean ended(
      Handle handle, StoredPayment.Id id, UUID lease, @Nullable Long pauseMillis) {
    Payments.end(handle, id, lease, pauseMillis);
    return false;
  }
}
