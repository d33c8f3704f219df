package io.holdfast.server.event;

import io.holdfast.stock.TenantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where this node's streams wait until there is more to be told. However many wait, one look per
/// round is made for all of them.
public final class Arrivals {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TenantId, Awaited> awaited = new HashMap<>();
  private volatile boolean isClosed;

  /// One tenant's streams.
  private static final class Awaited {
    private final Condition moved;
    private int streams;
    private long position;

    private Awaited(Condition moved) {
      this.moved = moved;
    }
  }

  /// Begins to listen, if the tenant has fewer streams than it may have here. Who does ends it,
  /// too.
  boolean begin(TenantId tenant, int most) {
    lock.lock();
    try {
      Awaited of = awaited.computeIfAbsent(tenant, _ -> new Awaited(lock.newCondition()));
      boolean isAllowed = of.streams < most;
      if (isAllowed) {
        of.streams++;
      }
      return isAllowed;
    } finally {
      lock.unlock();
    }
  }

  void end(TenantId tenant) {
    lock.lock();
    try {
      Awaited of = listening(tenant);
      of.streams--;
      if (of.streams == 0) {
        awaited.remove(tenant);
      }
    } finally {
      lock.unlock();
    }
  }

  private Awaited listening(TenantId tenant) {
    Awaited of = awaited.get(tenant);
    if (of == null) {
      throw new IllegalStateException("nobody listens for " + tenant);
    }
    return of;
  }

  /// Waits until there is something behind the position, or for as long as is said.
  ///
  /// @return whether there is
  boolean await(TenantId tenant, long position, Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      Awaited of = listening(tenant);
      while (of.position <= position && left > 0 && !isClosed) {
        left = of.moved.awaitNanos(left);
      }
      return of.position > position;
    } finally {
      lock.unlock();
    }
  }

  Set<TenantId> awaited() {
    lock.lock();
    try {
      return Set.copyOf(awaited.keySet());
    } finally {
      lock.unlock();
    }
  }

  void arrived(TenantId tenant, long position) {
    lock.lock();
    try {
      Awaited of = awaited.get(tenant);
      if (of != null && position > of.position) {
        of.position = position;
        of.moved.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  int streams() {
    lock.lock();
    try {
      return awaited.values().stream().mapToInt(of -> of.streams).sum();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return isClosed;
  }

  /// Nobody waits any longer: the node stops.
  void close() {
    lock.lock();
    try {
      isClosed = true;
      awaited.values().forEach(of -> of.moved.signalAll());
    } finally {
      lock.unlock();
    }
  }
}
