package io.holdfast.stock.control;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.Explainer;
import io.holdfast.stock.transaction.Request;
import io.holdfast.stock.transaction.ReservationIds;
import io.holdfast.stock.transaction.RowLook;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;

/// The engine: numbers the requests, hands them to its concurrency control, and lets the sweeper
/// run.
public final class ControlledEngine implements StockEngine {
  private final EngineThreads threads = new EngineThreads();
  private final ReservationIds ids;
  private final Explainer explainer;
  private final Decider decider;
  private final List<ConcurrencyControl> controls;
  private final ConcurrencyControl usual;
  private final Map<TenantId, ConcurrencyControl> byTenant = new HashMap<>();
  private final Sweeper sweeper;

  /// Shared by those who submit, exclusive for the one who closes: after that nothing is submitted.
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  public ControlledEngine(DataSource database, EngineSettings settings) {
    this.ids = new ReservationIds(InstantSource.system(), new SecureRandom());
    this.explainer =
        new Explainer(
            database,
            settings.statementTimeout(),
            task -> threads.builder().name("holdfast-explainer").unstarted(task));
    this.decider = new Decider(database, settings, explainer);
    Map<Control, ConcurrencyControl> made = new EnumMap<>(Control.class);
    settings.controls().forEach(each -> made.put(each, control(database, settings.under(each))));
    this.controls = List.copyOf(made.values());
    this.usual = Objects.requireNonNull(made.get(settings.control()));
    settings
        .tenantControls()
        .forEach((tenant, own) -> byTenant.put(tenant, Objects.requireNonNull(made.get(own))));
    this.sweeper = new Sweeper(database, settings, this::submitInBackground);
  }

  private ConcurrencyControl control(DataSource database, EngineSettings settings) {
    Decider decider = new Decider(database, settings, explainer);
    return switch (settings.control()) {
      case COMBINED -> new Combined(decider, new RowLook(database, settings), threads, settings);
      case ROW_LOCK -> new RowLock(decider, threads, settings);
      case OPTIMISTIC -> new Optimistic(decider, threads, settings);
      case SERIALIZABLE -> new Serializable(decider, threads, settings);
      case CONDITIONAL -> new Conditional(decider, threads, settings);
      case FENCED_LOCK ->
          new FencedLock(decider, threads, settings, settings.mutex().orElseThrow());
      case UNPROTECTED -> new Unprotected(decider, threads, settings);
    };
  }

  @Override
  public CompletionStage<Answer> submit(Command command, Call call) {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(call, "call");
    return submit(new Request(command, call, ids::next, System.nanoTime(), false));
  }

  private CompletionStage<Answer> submitInBackground(Command command, Call call, List<?> names) {
    Request request = new Request(command, call, ids::next, System.nanoTime(), true);
    request.suppose(names.stream().mapToInt(Object::hashCode).toArray());
    return submit(request);
  }

  private CompletionStage<Answer> submit(Request request) {
    open.readLock().lock();
    try {
      if (closed) {
        decider.fail(request, Failures.shuttingDown());
      } else {
        byTenant.getOrDefault(request.call().tenant(), usual).submit(request);
      }
    } finally {
      open.readLock().unlock();
    }
    // Not the future itself: a caller that cancels it would cancel it for all.
    return request.answer().minimalCompletionStage();
  }

  /// On a thread of its own, so that an interrupt of whoever closes ends nothing of what is on its
  /// way; it is kept for them.
  @Override
  public void close() {
    if (threads.areCurrent()) {
      throw new IllegalStateException(
          "close() is called on a thread of the engine's own, for which it would wait");
    }
    CompletableFuture.runAsync(
            this::drain, task -> threads.builder().name("holdfast-close").start(task))
        .join();
  }

  private void drain() {
    sweeper.close();
    open.writeLock().lock();
    try {
      closed = true;
    } finally {
      open.writeLock().unlock();
    }
    controls.forEach(ConcurrencyControl::drain);
    explainer.close();
  }
}
