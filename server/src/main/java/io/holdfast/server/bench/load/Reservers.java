package io.holdfast.server.bench.load;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Asks an engine for reservations, each with an idempotency key of its own.
public final class Reservers {
  private static final Duration TTL = Duration.ofHours(1);

  private final StockEngine engine;
  private final Function<Command.Reserve, Call> calls;
  private final Orders orders;
  private final AtomicLong keys = new AtomicLong(System.nanoTime());

  public Reservers(StockEngine engine, Call call, Orders orders) {
    this(engine, _ -> call, orders);
  }

  /// @param calls what goes with each command
  public Reservers(StockEngine engine, Function<Command.Reserve, Call> calls, Orders orders) {
    this.engine = engine;
    this.calls = calls;
    this.orders = orders;
  }

  /// Completes with whether it was reserved: "busy" is no success, anything else an exception.
  CompletableFuture<Boolean> submit() {
    Command.Reserve reserve =
        new Command.Reserve(orders.next(ThreadLocalRandom.current()), TTL, null);
    IdempotencyKey key = new IdempotencyKey(Long.toHexString(keys.incrementAndGet()));
    return engine
        .submit(reserve, calls.apply(reserve).withKey(key))
        .handle(Reservers::isReserved)
        .toCompletableFuture();
  }

  public boolean reserve() {
    return submit().join();
  }

  private static boolean isReserved(Answer answer, Throwable failure) {
    if (failure == null) {
      if (answer.outcome() instanceof Outcome.Reserved) {
        return true;
      }
      throw new IllegalStateException("not reserved, but " + answer.outcome());
    }
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    if (cause instanceof StockFailure busy && busy.category() == StockFailure.Category.BUSY) {
      return false;
    }
    throw new CompletionException(cause);
  }
}
