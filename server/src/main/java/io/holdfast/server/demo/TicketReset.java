package io.holdfast.server.demo;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Handle;

/// Puts a hundred tickets on sale again. One reset at a time, over all nodes: each holds the
/// demonstration's row until its count is set, and two that read the same stock can't both add to
/// it. Buyers may go on meanwhile: whoever buys after the stock was read counts as buying after the
/// reset, and is missing from the hundred.
final class TicketReset {
  private static final int MAX_ATTEMPTS = 20;
  private static final Actor ACTOR = new Actor("reset");
  private static final Reason REASON = new Reason("reset of the demonstration");
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final TenantScope tenants;
  private final StockEngine engine;
  private final TicketLedger ledger;
  private final TenantId tenant;

  TicketReset(TenantScope tenants, StockEngine engine, TicketLedger ledger, TenantId tenant) {
    this.tenants = tenants;
    this.engine = engine;
    this.ledger = ledger;
    this.tenant = tenant;
  }

  void reset() {
    tenants.inTransaction(
        tenant,
        handle -> {
          Demonstrations.lock(handle, tenant);
          Demonstrations.countAnew(handle, tenant, refill(handle));
          return true;
        });
  }

  /// Answers the position from which on purchases count.
  private long refill(Handle handle) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      ledger.held(handle).forEach(id -> ask(new Command.Release(id)));
      TicketLedger.OnHand before = ledger.onHand(handle);
      long change = DemoShop.TICKETS - before.units();
      if (change == 0) {
        return before.position();
      }
      Outcome outcome =
          ask(new Command.Adjust(Demonstration.TICKET, LocationId.MAIN, change, REASON));
      if (outcome instanceof Outcome.Adjusted) {
        return before.position();
      }
      if (!(outcome instanceof Refusal.InsufficientStock)) {
        throw new IllegalStateException("the reset was refused: " + outcome);
      }
    }
    throw new StockFailure(
        StockFailure.Code.CONFLICT_PERSISTS, "tickets were reserved faster than released");
  }

  private Outcome ask(Command command) {
    try {
      return engine
          .submit(command, Call.by(tenant, ACTOR).withPatience(PATIENCE))
          .toCompletableFuture()
          .join()
          .outcome();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StockFailure failure ? failure : e;
    }
  }
}
