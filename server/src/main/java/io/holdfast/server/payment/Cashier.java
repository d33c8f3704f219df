package io.holdfast.server.payment;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.order.OrderPayments;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.StockEngine;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// Goes on with payments on this node: those that are asked for here, and those that nobody goes on
/// with any more.
public final class Cashier implements AutoCloseable {
  private final StripeCalls calls;
  private final Settler settler;
  private final Reaper reaper;

  private Cashier(StripeCalls calls, Settler settler, Reaper reaper) {
    this.calls = calls;
    this.settler = settler;
    this.reaper = reaper;
  }

  /// Begins. What is under way when it is closed is left to the others.
  public static Cashier open(
      Jdbi database, TenantScope tenants, StockEngine engine, Trail trail, StripeUrl url) {
    StripeCalls calls = new StripeCalls(url, StripeCalls.MAX_WAIT);
    PaymentMetrics metrics =
        new PaymentMetrics(new UnsettledAge(database, System::nanoTime)::seconds);
    Settler settler =
        new Settler(
            new Settler.Tools(
                tenants,
                new OrderPayments(engine),
                new Stripe(calls),
                trail,
                metrics,
                new Pauses(new SecureRandom())));
    return new Cashier(calls, settler, new Reaper(database, settler, metrics));
  }

  /// Goes on with one that was just begun.
  void settleNew(StoredPayment.Id id, UUID lease) throws SQLException {
    settler.settleNew(id, lease);
  }

  @Override
  public void close() {
    reaper.close();
    calls.close();
  }
}
