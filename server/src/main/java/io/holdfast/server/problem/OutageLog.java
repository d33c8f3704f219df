package io.holdfast.server.problem;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One line when something outside fails, and then one from time to time with the count: whoever is
/// woken wants to read what is wrong, not how many asked meanwhile.
public final class OutageLog {
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final Logger log;
  private final LongSupplier nanoClock;
  private final Map<String, Outage> outages = new ConcurrentHashMap<>();

  private record Outage(long toldNanos, long untold) {}

  public OutageLog(Logger log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
  }

  /// @param what a word of a small set
  public void tell(String what, Throwable why) {
    long now = nanoClock.getAsLong();
    outages.compute(what, (_, before) -> told(what, why, before, now));
  }

  private Outage told(String what, Throwable why, @Nullable Outage before, long now) {
    if (before != null && now - before.toldNanos < QUIET_NANOS) {
      return new Outage(before.toldNanos, before.untold + 1);
    }
    long untold = before == null ? 0 : before.untold;
    log.warnf("%s: %s (and %d more since the last such line)", what, root(why), untold);
    return new Outage(now, 0);
  }

  private static String root(Throwable why) {
    Throwable cause = why;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
