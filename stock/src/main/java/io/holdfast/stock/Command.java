package io.holdfast.stock;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What can be asked of the engine. Each answer is an [Outcome]: the past tense of the command, or
/// a [Refusal], which changes nothing.
public sealed interface Command {
  /// Lines per command at most; several of the same item and location count as several.
  int MAX_LINES = 500;

  /// The shortest time for which anything is reserved.
  Duration MIN_TTL = Duration.ofSeconds(1);

  /// The longest time for which anything is reserved at once; it can be extended.
  Duration MAX_TTL = Duration.ofDays(30);

  /// Claims stock until committed, released or expired; all lines or none.
  record Reserve(List<Line> lines, Duration ttl, @Nullable Customer customer) implements Command {
    public Reserve {
      lines = checkedLines(lines);
      ttl = checkedTtl(ttl);
    }
  }

  /// Turns a held reservation into stock gone.
  record Commit(ReservationId reservation) implements Command {
    public Commit {
      Objects.requireNonNull(reservation, "reservation");
    }
  }

  /// Gives a held reservation's stock back.
  record Release(ReservationId reservation) implements Command {
    public Release {
      Objects.requireNonNull(reservation, "reservation");
    }
  }

  /// Lets a held reservation live for `ttl` from now on, never less than it would have.
  record Extend(ReservationId reservation, Duration ttl) implements Command {
    public Extend {
      Objects.requireNonNull(reservation, "reservation");
      ttl = checkedTtl(ttl);
    }
  }

  /// Reserves and commits in one step; all lines or none.
  record Purchase(List<Line> lines, @Nullable Customer customer) implements Command {
    public Purchase {
      lines = checkedLines(lines);
    }
  }

  /// Stock in. The first receipt at a location makes the item's stock record there.
  record Receive(Line line, @Nullable Reason reason) implements Command {
    public Receive {
      Objects.requireNonNull(line, "line");
    }
  }

  /// A signed correction of what is on hand, never below what is reserved.
  record Adjust(Sku sku, LocationId location, long change, Reason reason) implements Command {
    public Adjust {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(reason, "reason");
      if (change == 0 || change < -Line.MAX_QUANTITY || change > Line.MAX_QUANTITY) {
        throw new IllegalArgumentException(
            "change must be 1 to " + Line.MAX_QUANTITY + " either way, not " + change);
      }
    }
  }

  /// Ends a held reservation whose time is up. The engine's own sweeper asks this.
  record Expire(ReservationId reservation) implements Command {
    public Expire {
      Objects.requireNonNull(reservation, "reservation");
    }
  }

  private static List<Line> checkedLines(List<Line> lines) {
    List<Line> copy = Copies.of("lines", lines);
    if (copy.isEmpty() || copy.size() > MAX_LINES) {
      throw new IllegalArgumentException(
          "a command has 1 to " + MAX_LINES + " lines, not " + copy.size());
    }
    return copy;
  }

  /// In microseconds, like every instant of the database.
  private static Duration checkedTtl(Duration ttl) {
    Objects.requireNonNull(ttl, "ttl");
    if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
      throw new IllegalArgumentException(
          "ttl must be between " + MIN_TTL + " and " + MAX_TTL + ", not " + ttl);
    }
    return ttl.truncatedTo(ChronoUnit.MICROS);
  }
}
