package io.holdfast.server.demo;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The demonstration's ticket office: everybody buys one ticket, through the same engine as
/// anybody.
@Singleton
final class TicketOffice {
  private static final Actor ACTOR = new Actor("ticket-office");
  private static final List<Line> ONE_TICKET =
      List.of(new Line(Demonstration.TICKET, LocationId.MAIN, 1));

  private final StockEngine engine;
  private final Demonstration demonstration;
  private final TenantScope tenants;
  private final LongAdder refused = new LongAdder();
  private final @Nullable TicketLedger ledger;

  TicketOffice(StockEngine engine, Demonstration demonstration, TenantScope tenants) {
    this.engine = engine;
    this.demonstration = demonstration;
    this.tenants = tenants;
    this.ledger =
        demonstration.ticketOffice().map(tenant -> new TicketLedger(tenants, tenant)).orElse(null);
  }

  CompletionStage<Answer> buy(Customer customer, @Nullable IdempotencyKey key) {
    return engine
        .submit(new Command.Purchase(ONE_TICKET, customer), Call.by(tenant(), ACTOR).withKey(key))
        .whenComplete((answer, _) -> count(answer));
  }

  /// Blocking.
  Inventory inventory() {
    return ledger().inventory();
  }

  /// Blocking.
  void reset() {
    new TicketReset(tenants, engine, ledger(), tenant()).reset();
    refused.reset();
  }

  /// Buyers turned away by this node since the last reset here.
  long refused() {
    return refused.sum();
  }

  private void count(@Nullable Answer answer) {
    if (answer != null && answer.outcome() instanceof Refusal) {
      refused.increment();
    }
  }

  private TenantId tenant() {
    return demonstration.ticketOffice().orElseThrow();
  }

  private TicketLedger ledger() {
    if (ledger == null) {
      throw new IllegalStateException("there is no ticket office");
    }
    return ledger;
  }
}
