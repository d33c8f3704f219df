package io.holdfast.server.trail;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A line for each event, and then one from time to time with how many were alike meanwhile: a
/// thousand guesses a second must neither fill a disk nor hide the one beside them.
final class SecurityLog {
  static final int MAX_KNOWN = 10_000;
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  /// For all who find no room.
  private static final String MANY = "many";

  private final LongSupplier nanoClock;
  private final Consumer<String> lines;
  private final Map<Event, Told> known = new ConcurrentHashMap<>();

  /// @param what the code of the problem that it was answered with
  /// @param who an account or another caller, by number; `nobody` if that is not known
  /// @param address that of the connection
  record Event(String what, String who, String address) {}

  private record Told(long atNanos, long untold) {}

  /// @param lines to the log of the node
  SecurityLog(LongSupplier nanoClock, Consumer<String> lines) {
    this.nanoClock = nanoClock;
    this.lines = lines;
  }

  /// @param request its name, which a log can't be fooled by
  void tell(Event event, String request) {
    long now = nanoClock.getAsLong();
    Event alike = hasRoom(event, now) ? event : new Event(event.what(), MANY, MANY);
    known.compute(alike, (_, before) -> told(alike, request, before, now));
  }

  private Told told(Event event, String request, @Nullable Told before, long now) {
    if (before != null && now - before.atNanos < QUIET_NANOS) {
      return new Told(before.atNanos, before.untold + 1);
    }
    long more = before == null ? 0 : before.untold;
    lines.accept(
        "event=%s who=\"%s\" address=%s request=%s more=%d"
            .formatted(event.what(), event.who(), event.address(), request, more));
    return new Told(now, 0);
  }

  /// Room is made by those of whom nothing is left to tell.
  private boolean hasRoom(Event event, long now) {
    if (known.size() < MAX_KNOWN || known.containsKey(event)) {
      return true;
    }
    known.values().removeIf(told -> told.untold == 0 && now - told.atNanos >= QUIET_NANOS);
    return known.size() < MAX_KNOWN;
  }
}
