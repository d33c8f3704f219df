package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.HeldRow;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Requests that need a row which somebody outside holds. They have left their lane, so that the
/// others go on; when the row is free again, they come back to it. Nothing but the one row is
/// waited for, and no other is held meanwhile: a request that wants that row and a second one
/// delays nobody at the second.
///
/// Bounded: a few rows are waited for at once, so that waiting can't take all connections; a row is
/// waited for up to the lock timeout, and a request up to its caller's patience.
final class HeldRows {
  private static final int MAX_WAITING_CONNECTIONS = 4;

  private final Decider decider;
  private final EngineSettings settings;
  private final Consumer<Request> comeBack;
  private final ExecutorService waiters = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns = new Semaphore(MAX_WAITING_CONNECTIONS, true);

  // Guarded by this.
  private final Map<Row, List<Request>> parked = new HashMap<>();

  HeldRows(Decider decider, EngineSettings settings, Consumer<Request> comeBack) {
    this.decider = decider;
    this.settings = settings;
    this.comeBack = comeBack;
  }

  private record Row(TenantId tenant, HeldRow row) {}

  /// The tenant's rows that are being waited for.
  synchronized Set<HeldRow> known(TenantId tenant) {
    return parked.isEmpty()
        ? Set.of()
        : parked.keySet().stream()
            .filter(row -> row.tenant.equals(tenant))
            .map(Row::row)
            .collect(Collectors.toSet());
  }

  synchronized void park(HeldRow heldRow, Request request) {
    Row row = new Row(request.call().tenant(), heldRow);
    List<Request> known = parked.get(row);
    if (known != null) {
      known.add(request);
      return;
    }
    parked.put(row, new ArrayList<>(List.of(request)));
    waiters.execute(() -> waitFor(row));
  }

  private void waitFor(Row row) {
    List<Request> waited = waiting(row);
    while (!isFree(row)) {
      fail(row, waited);
      waited = waiting(row);
      if (waited.isEmpty() && forget(row)) {
        return;
      }
    }
    take(row).forEach(comeBack);
    signalChange();
  }

  private boolean isFree(Row row) {
    turns.acquireUninterruptibly();
    try {
      return decider.awaitFree(row.tenant, row.row, settings.lockTimeout());
    } finally {
      turns.release();
    }
  }

  private synchronized List<Request> waiting(Row row) {
    return List.copyOf(parked.getOrDefault(row, List.of()));
  }

  private synchronized List<Request> take(Row row) {
    List<Request> requests = parked.remove(row);
    return requests == null ? List.of() : requests;
  }

  /// Forgets the row unless somebody came meanwhile.
  private synchronized boolean forget(Row row) {
    boolean forgotten = parked.remove(row, List.of());
    notifyAll();
    return forgotten;
  }

  private void fail(Row row, List<Request> requests) {
    remove(row, requests);
    requests.forEach(request -> decider.fail(request, Failures.held(row.row)));
  }

  private synchronized void remove(Row row, List<Request> requests) {
    parked.getOrDefault(row, new ArrayList<>()).removeAll(requests);
  }

  void failOverdue(long now) {
    List<Request> overdue = new ArrayList<>();
    synchronized (this) {
      for (List<Request> requests : parked.values()) {
        requests.removeIf(request -> request.isOverdue(now) && overdue.add(request));
      }
    }
    overdue.forEach(request -> decider.fail(request, Failures.overdue()));
  }

  private synchronized void signalChange() {
    notifyAll();
  }

  synchronized boolean isEmpty() {
    return parked.isEmpty();
  }

  /// Returns when no row is waited for; what waited has come back or was failed by then.
  synchronized void awaitEmpty() throws InterruptedException {
    while (!parked.isEmpty()) {
      wait();
    }
  }

  void close() {
    waiters.close();
  }
}
