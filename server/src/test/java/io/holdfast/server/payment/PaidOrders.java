package io.holdfast.server.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.identity.Tenants;
import io.holdfast.server.order.GivenNumbers;
import io.holdfast.server.order.OrderBook;
import io.holdfast.server.order.OrderChange;
import io.holdfast.server.order.OrderPayments;
import io.holdfast.server.order.OrderPayments.Bill;
import io.holdfast.server.payment.StripeServer.IntentRow;
import io.holdfast.server.series.Blocks;
import io.holdfast.server.series.Numbers;
import io.holdfast.server.start.MigratedDatabase;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.trail.TrailMetrics;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Orders and payments at a server that speaks as the provider does, on a real database, by the
/// rights of the role that serves. Time passes by making rows older.
abstract class PaidOrders {
  private static final MigratedDatabase DATABASE = MigratedDatabase.shared();
  static final Actor BUYER = new Actor("a buyer");
  static final long PRICE = 250;
  static final int MAX_ROUNDS = 20;

  final StripeServer stripe = new StripeServer();
  final StripeCalls calls = new StripeCalls(StripeUrl.parse(stripe.url()), Duration.ofMillis(700));
  final Jdbi superuser = Jdbi.create(DATABASE::connectAsSuperuser);
  final HikariDataSource pool = DATABASE.poolOfApplication(12);
  final TenantScope tenants = new TenantScope(Jdbi.create(pool));
  final Trail trail = new Trail(new TrailMetrics(InstantSource.system()));
  final GivenNumbers given = new GivenNumbers();
  final StockEngine engine =
      StockEngine.open(
          pool,
          EngineSettings.with(Control.COMBINED)
              .workers(2)
              .sweepInterval(Duration.ZERO)
              .participants(
                  List.of(
                      new OrderBook(trail, new Numbers(new Blocks(tenants, given), given)),
                      new ConfirmedPayments(),
                      new WokenPayments()))
              .build());
  final OrderPayments orders = new OrderPayments(engine);
  final Settler settler = settler(new Stripe(calls));
  final ConcurrentLinkedQueue<String> capturedTooEarly = new ConcurrentLinkedQueue<>();
  TenantId tenant = new TenantId(1);
  Sku sku = new Sku("none");

  Settler settler(PaymentProvider provider) {
    return new Settler(
        new Settler.Tools(
            tenants,
            orders,
            provider,
            trail,
            new PaymentMetrics(() -> 0),
            new Pauses(RandomGenerator.getDefault())));
  }

  @BeforeEach
  void addTenant() throws SQLException {
    String slug = "paid-" + UUID.randomUUID();
    tenant = superuser.inTransaction(handle -> Tenants.ensure(handle, slug, "Paid"));
    superuser.useHandle(
        handle -> {
          handle.execute(
              """
              INSERT INTO holdfast.payment_settings (tenant_id, provider, secret_key)
              VALUES (?, 'stripe', ?)
              """,
              tenant.value(),
              StripeServer.KEY);
        });
    sku = stocked(5);
    stripe.beforeCapture(this::look);
  }

  /// What is to be captured must be the buyer's by then, for everybody to see.
  void look(String intent) {
    long paid =
        superuser.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT count(*) FROM holdfast.orders o
                        JOIN holdfast.reservations r
                            ON r.tenant_id = o.tenant_id AND r.reservation_id = o.order_id
                        WHERE o.payment_reference = ? AND o.paid_at IS NOT NULL
                            AND r.state = 'committed'
                        """)
                    .bind(0, intent)
                    .mapTo(Long.class)
                    .one());
    if (paid != 1) {
      capturedTooEarly.add(intent);
    }
  }

  @AfterEach
  void stop() {
    assertEquals(List.of(), List.copyOf(capturedTooEarly));
    engine.close();
    pool.close();
    calls.close();
    stripe.close();
  }

  Sku stocked(long units) {
    Sku made = new Sku("paid-" + UUID.randomUUID());
    try {
      tenants.inTransaction(
          tenant,
          handle -> {
            StockRegister.create().addItems(handle.getConnection(), tenant, List.of(made), true);
            return true;
          });
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    superuser.useHandle(
        handle ->
            handle.execute(
                """
                INSERT INTO holdfast.catalog_items
                    (tenant_id, sku, tracked, name, price_amount, price_currency)
                VALUES (?, ?, true, 'Made for a test', ?, 'EUR')
                """,
                tenant.value(),
                made.value(),
                PRICE));
    done(new Command.Receive(made, LocationId.MAIN, units, null), Call.by(tenant, BUYER));
    return made;
  }

  Outcome done(Command command, Call call) {
    Outcome outcome = engine.submit(command, call).toCompletableFuture().join().outcome();
    assertFalse(outcome instanceof Refusal, outcome::toString);
    return outcome;
  }

  ReservationId placed(long units) {
    var reserve =
        new Command.Reserve(List.of(new Line(sku, null, units)), Duration.ofHours(1), null);
    return assertInstanceOf(
            Outcome.Reserved.class,
            done(reserve, Call.by(tenant, BUYER).with(OrderBook.placing(BUYER, reserve))))
        .reservation();
  }

  /// With a lease, as a request begins one.
  record Begun(StoredPayment.Id id, UUID lease) {}

  Begun begun(ReservationId order, String method) {
    Begun begun = new Begun(new StoredPayment.Id(tenant, UUID.randomUUID()), UUID.randomUUID());
    long amount = bill(order).total();
    boolean isAdded =
        tenants.inTransaction(
            tenant,
            handle ->
                Payments.add(
                    handle,
                    begun.id(),
                    new Payments.NewPayment(order, method, amount, "EUR", BUYER.name()),
                    begun.lease()));
    assertTrue(isAdded);
    return begun;
  }

  Bill bill(ReservationId order) {
    try {
      return tenants
          .inTransaction(
              tenant, handle -> OrderPayments.find(handle.getConnection(), tenant, order))
          .orElseThrow();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  StoredPayment.Id paid(ReservationId order, String method) throws SQLException {
    Begun begun = begun(order, method);
    settler.settleNew(begun.id(), begun.lease());
    return begun.id();
  }

  StoredPayment payment(StoredPayment.Id id) {
    return tenants.inTransaction(tenant, handle -> Payments.find(handle, id)).orElseThrow();
  }

  PaymentState state(StoredPayment.Id id) {
    return payment(id).state();
  }

  List<Refunds.Refund> refunds(StoredPayment.Id id) {
    return tenants.inTransaction(tenant, handle -> Refunds.of(handle, id));
  }

  IntentRow intent(StoredPayment.Id id) {
    List<IntentRow> intents = stripe.intentsOf(id.payment().toString());
    assertEquals(1, intents.size(), "it is authorised once");
    return intents.getFirst();
  }

  boolean isDue(StoredPayment.Id id) {
    return tenants.inTransaction(tenant, handle -> Payments.due(handle, 10_000)).contains(id);
  }

  /// As if leases and pauses were over.
  void letTimePass() {
    superuser.useHandle(
        handle ->
            handle.execute(
                """
                UPDATE holdfast.payments
                SET next_attempt_at = next_attempt_at - interval '10 minutes',
                    leased_until = leased_until - interval '10 minutes'
                WHERE tenant_id = ?
                """,
                tenant.value()));
  }

  /// As the reaper does it, until nothing is to be done.
  void settleAll(StoredPayment.Id id) throws SQLException {
    letTimePass();
    for (int i = 0; i < MAX_ROUNDS && isDue(id); i++) {
      settler.settle(id);
      letTimePass();
    }
    assertFalse(isDue(id), () -> "it is never settled: " + payment(id));
  }

  void expire(ReservationId order) {
    superuser.useTransaction(
        handle -> {
          handle.execute(
              """
              UPDATE holdfast.orders SET placed_at = placed_at - interval '2 hours',
                  expires_at = expires_at - interval '2 hours'
              WHERE tenant_id = ? AND order_id = ?
              """,
              tenant.value(),
              order.value());
          handle.execute(
              """
              UPDATE holdfast.reservations SET created_at = created_at - interval '2 hours',
                  expires_at = expires_at - interval '2 hours'
              WHERE tenant_id = ? AND reservation_id = ?
              """,
              tenant.value(),
              order.value());
        });
    done(new Command.Expire(order), Call.by(tenant, BUYER));
    assertEquals("expired", bill(order).state());
  }

  void reserveAgain() {
    superuser.useHandle(
        handle -> {
          handle.execute(
              "UPDATE holdfast.payment_settings SET late_payment = 'reserve_again'"
                  + " WHERE tenant_id = ?",
              tenant.value());
          policyReservesAgain(handle);
        });
  }

  void policyReservesAgain(org.jdbi.v3.core.Handle handle) {
    handle.execute(
        """
        INSERT INTO holdfast.stock_policies (tenant_id, expired_commit)
        VALUES (?, 'reserve_again')
        ON CONFLICT (tenant_id) DO UPDATE SET expired_commit = 'reserve_again'
        """,
        tenant.value());
  }

  /// As the routes of orders do it: units that were paid for come back.
  void giveBack(ReservationId order, long units) {
    superuser.useHandle(
        handle ->
            handle.execute(
                """
                UPDATE holdfast.order_lines SET cancelled = cancelled + ?
                WHERE tenant_id = ? AND order_id = ?
                """,
                units,
                tenant.value(),
                order.value()));
    done(
        new Command.Return(order, List.of(new Line(sku, null, units)), null),
        Call.by(tenant, BUYER).with(new OrderChange(order)));
  }
}
