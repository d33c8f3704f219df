package io.holdfast.server.event;

import io.holdfast.stock.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where this node's streams wait until there is more to be told. However many wait, one look per
/// round is made for all of them.
public final class Arrivals {
  private final Map<TenantId, Awaited> awaited = new ConcurrentHashMap<>();
  private final AtomicInteger streams = new AtomicInteger();
  private volatile boolean isClosed;

  /// One tenant's streams.
  private static final class Awaited {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private int streams;
    private long position;
  }

  /// Begins to listen, if the tenant has fewer streams than it may have here. Whoever does ends it,
  /// too.
  boolean begin(TenantId tenant, int most) {
    Awaited known =
        awaited.compute(
            tenant,
            (_, before) -> {
              Awaited of = before == null ? new Awaited() : before;
              of.lock.lock();
              try {
                of.streams++;
              } finally {
                of.lock.unlock();
              }
              return of;
            });
    streams.incrementAndGet();
    boolean isAllowed = known.streams <= most;
    if (!isAllowed) {
      end(tenant);
    }
    return isAllowed;
  }

  void end(TenantId tenant) {
    streams.decrementAndGet();
    awaited.computeIfPresent(
        tenant,
        (_, of) -> {
          of.streams--;
          return of.streams == 0 ? null : of;
        });
  }

  /// Waits until there is something behind the position, or for as long as is said.
  ///
  /// @return whether there is
  boolean await(TenantId tenant, long position, Duration most) throws InterruptedException {
    Awaited of = awaited.get(tenant);
    if (of == null) {
      throw new IllegalStateException("nobody listens for " + tenant);
    }
    long left = most.toNanos();
    of.lock.lockInterruptibly();
    try {
      while (of.position <= position && left > 0 && !isClosed) {
        left = of.moved.awaitNanos(left);
      }
      return of.position > position;
    } finally {
      of.lock.unlock();
    }
  }

  Set<TenantId> awaited() {
    return Set.copyOf(awaited.keySet());
  }

  void arrived(TenantId tenant, long position) {
    Awaited of = awaited.get(tenant);
    if (of != null) {
      of.lock.lock();
      try {
        of.position = Math.max(of.position, position);
        of.moved.signalAll();
      } finally {
        of.lock.unlock();
      }
    }
  }

  int streams() {
    return streams.get();
  }

  boolean isClosed() {
    return isClosed;
  }

  /// Nobody waits any longer: the node stops.
  void close() {
    isClosed = true;
    for (Awaited of : awaited.values()) {
      of.lock.lock();
      try {
        of.moved.signalAll();
      } finally {
        of.lock.unlock();
      }
    }
  }
}
