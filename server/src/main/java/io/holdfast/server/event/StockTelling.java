package io.holdfast.server.event;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockJoiner;
import io.holdfast.stock.TenantId;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Which tenants want to be told of their reservations and stock. Of the others nothing goes with
/// their commands, so what they don't ask for costs them nothing.
public final class StockTelling {
  private volatile Set<TenantId> told = Set.of();

  /// Says that a command's effect is to be told of.
  ///
  /// @param command null: it is an expiry, for which nobody calls
  record Wanted(@Nullable Command command) implements Attachment {}

  /// What goes with each expiry.
  public static Attachment ofExpiries() {
    return new Wanted(null);
  }

  void choose(Set<TenantId> tenants) {
    told = tenants;
  }

  boolean isFor(TenantId tenant) {
    return told.contains(tenant);
  }

  /// The same of what is decided in the transactions of others.
  public StockJoiner around(StockJoiner joiner) {
    return (transaction, command, call) -> joiner.decide(transaction, command, told(command, call));
  }

  private Call told(Command command, Call call) {
    return isFor(call.tenant()) ? call.with(new Wanted(command)) : call;
  }

  /// An engine whose every command is told of where that is wanted.
  public StockEngine around(StockEngine engine) {
    return new StockEngine() {
      @Override
      public CompletionStage<Answer> submit(Command command, Call call) {
        return engine.submit(command, told(command, call));
      }

      @Override
      public void close() {
        engine.close();
      }
    };
  }
}
