package io.holdfast.server.oidc;

import io.holdfast.server.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a provider says, kept for a while. One asks while others wait for the answer, and a failure
/// is kept as well, for a moment: a crowd at the door of a provider that is down is told so at
/// once.
final class Kept<T> {
  static final Duration LIFE = Duration.ofMinutes(15);
  static final Duration FAILURE_LIFE = Duration.ofSeconds(2);

  /// How long after it was asked for anew, because something was not in it, it is not again.
  /// Anybody can send what is not in it.
  static final Duration QUIET = Duration.ofSeconds(30);

  private final Supplier<T> source;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable T value;
  private @Nullable ProblemException failure;
  private long askedNanos;
  private @Nullable Long renewedNanos;

  /// @param source asks the provider, and ends by itself
  Kept(Supplier<T> source, LongSupplier nanoClock) {
    this.source = source;
    this.nanoClock = nanoClock;
  }

  T get() {
    lock.lock();
    try {
      T known = value;
      if (known != null && !isPast(askedNanos, LIFE)) {
        return known;
      }
      if (failure != null && !isPast(askedNanos, FAILURE_LIFE)) {
        throw failure;
      }
      return asked();
    } finally {
      lock.unlock();
    }
  }

  /// Asked for anew, unless somebody else has done so since, or did so a moment ago.
  ///
  /// @param lacking in which something was not found
  T renewed(T lacking) {
    lock.lock();
    try {
      T known = value;
      Long before = renewedNanos;
      boolean isTooSoon = before != null && !isPast(before, QUIET);
      if (known != null && (!known.equals(lacking) || isTooSoon)) {
        return known;
      }
      renewedNanos = nanoClock.getAsLong();
      return asked();
    } finally {
      lock.unlock();
    }
  }

  private T asked() {
    try {
      T answer = source.get();
      value = answer;
      failure = null;
      return answer;
    } catch (ProblemException e) {
      value = null;
      failure = e;
      throw e;
    } finally {
      askedNanos = nanoClock.getAsLong();
    }
  }

  private boolean isPast(long nanos, Duration life) {
    return nanoClock.getAsLong() - nanos >= life.toNanos();
  }
}
