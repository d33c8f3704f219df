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

  /// Commands that are done together at most.
  int MAX_TOGETHER = 1_000;

  /// Lines of commands that are done together at most, all of them counted.
  int MAX_LINES_TOGETHER = 4_000;

  /// The shortest time for which anything is reserved.
  Duration MIN_TTL = Duration.ofSeconds(1);

  /// The longest time for which anything is reserved at once; it can be extended.
  Duration MAX_TTL = Duration.ofDays(30);

  /// Claims stock until committed, released or expired; all lines or none.
  ///
  /// @param isPartial whether to be content with less: of each line what is there, if there is
  ///   anything at all
  /// @param replaces the same customer's older reservation, whose stock is given back and taken
  ///   anew in one step; it stays as it is when this is refused, and counts for nothing when it has
  ///   ended already. It needs a customer: nobody replaces another's
  record Reserve(
      List<Line> lines,
      Duration ttl,
      @Nullable Customer customer,
      boolean isPartial,
      @Nullable ReservationId replaces)
      implements Command {
    public Reserve {
      lines = checkedLines(lines);
      ttl = checkedTtl(ttl);
      if (replaces != null && customer == null) {
        throw new IllegalArgumentException(
            "customer must be given with replaces: only the same customer may replace");
      }
    }

    /// All lines or none, in nobody's place.
    public Reserve(List<Line> lines, Duration ttl, @Nullable Customer customer) {
      this(lines, ttl, customer, false, null);
    }

    /// The same, content with less.
    public Reserve partially() {
      return new Reserve(lines, ttl, customer, true, replaces);
    }

    /// The same in the place of an older reservation.
    public Reserve replacing(ReservationId older) {
      Objects.requireNonNull(older, "older");
      return new Reserve(lines, ttl, customer, isPartial, older);
    }
  }

  /// Gives a held reservation other lines in the place of all that it has; all of them or none. It
  /// keeps its expiry.
  ///
  /// @param expectedVersion the version of the reservation that the caller has seen; null: any
  record Change(ReservationId reservation, List<Line> lines, @Nullable Long expectedVersion)
      implements Command {
    public Change {
      Objects.requireNonNull(reservation, "reservation");
      lines = checkedLines(lines);
    }

    /// Of whatever version.
    public Change(ReservationId reservation, List<Line> lines) {
      this(reservation, lines, null);
    }
  }

  /// Turns a held reservation into stock gone.
  ///
  /// @param part what is committed, the rest being released; empty: all of it
  record Commit(ReservationId reservation, List<Line> part) implements Command {
    public Commit {
      Objects.requireNonNull(reservation, "reservation");
      part = checkedPart("part", part);
    }

    /// All of it.
    public Commit(ReservationId reservation) {
      this(reservation, List.of());
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

  /// Puts back what was committed or purchased, at the locations that it came from.
  ///
  /// @param lines what came back; empty: all that has not come back before
  record Return(ReservationId reservation, List<Line> lines, @Nullable Reason reason)
      implements Command {
    public Return {
      Objects.requireNonNull(reservation, "reservation");
      lines = checkedPart("lines", lines);
    }
  }

  /// Stock in. The first receipt at a location makes the item's stock record there.
  record Receive(Sku sku, LocationId location, long quantity, @Nullable Reason reason)
      implements Command {
    public Receive {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      checkQuantity(quantity);
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

  /// A stocktake: what is on hand is `onHand`, whatever was believed, never below what is reserved.
  ///
  /// @param expectedVersion the level's version when it was counted: if anything has moved since,
  ///   the number says nothing
  record Count(
      Sku sku, LocationId location, long onHand, long expectedVersion, @Nullable Reason reason)
      implements Command {
    public Count {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      if (onHand < 0 || onHand > Line.MAX_QUANTITY) {
        throw new IllegalArgumentException(
            "onHand must be between 0 and " + Line.MAX_QUANTITY + ", not " + onHand);
      }
      if (expectedVersion < 0) {
        throw new IllegalArgumentException(
            "expectedVersion must not be negative, but is " + expectedVersion);
      }
    }
  }

  /// Takes stock from one location to another, never what is reserved. What is safety stock at
  /// `from` may go: it is kept from being sold, not from being moved. It makes the item's stock
  /// record at `to` if there is none.
  record Transfer(Sku sku, LocationId from, LocationId to, long quantity, @Nullable Reason reason)
      implements Command {
    public Transfer {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      checkQuantity(quantity);
      if (from.equals(to)) {
        throw new IllegalArgumentException("to must be another location than from, " + from);
      }
    }
  }

  /// Keeps so many units of a level from being sold. What is reserved already stays reserved.
  record SetSafetyStock(Sku sku, LocationId location, long safetyStock, @Nullable Reason reason)
      implements Command {
    public SetSafetyStock {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      if (safetyStock < 0 || safetyStock > Line.MAX_QUANTITY) {
        throw new IllegalArgumentException(
            "safetyStock must be between 0 and " + Line.MAX_QUANTITY + ", not " + safetyStock);
      }
    }
  }

  /// Puts a level right that is not what its ledger says, and ends its quarantine: on hand is what
  /// somebody has counted, reserved is what the held reservations have. The movement follows from
  /// the ledger's newest one, whatever stands in the level's own row; where that was right, it is a
  /// stocktake. It is refused while more is held than was counted.
  ///
  /// @param sku of which item
  /// @param location where
  /// @param onHand what was counted, 0 to [#MAX_ON_HAND]
  /// @param reason why, for the ledger and for the record of the quarantine
  record Correct(Sku sku, LocationId location, long onHand, Reason reason) implements Command {
    /// What a level can have at most, the largest integer that every JSON reader keeps exact.
    public static final long MAX_ON_HAND = 9_007_199_254_740_991L;

    public Correct {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(reason, "reason");
      if (onHand < 0 || onHand > MAX_ON_HAND) {
        throw new IllegalArgumentException(
            "onHand must be between 0 and " + MAX_ON_HAND + ", not " + onHand);
      }
    }
  }

  /// Ends a held reservation whose time is up. The engine's own sweeper asks this.
  record Expire(ReservationId reservation) implements Command {
    public Expire {
      Objects.requireNonNull(reservation, "reservation");
    }
  }

  /// Does all of the commands or none, in one decision and one transaction: one after the other,
  /// each on what the ones before it have left. The first that is refused is named, see
  /// [Refusal.PartRefused], and then none of them has any effect. An idempotency key is for the
  /// whole.
  record Together(List<Command> commands) implements Command {
    public Together {
      commands = Copies.of("commands", commands);
      if (commands.isEmpty() || commands.size() > MAX_TOGETHER) {
        throw new IllegalArgumentException(
            "commands must be 1 to " + MAX_TOGETHER + ", not " + commands.size());
      }
      int lines = 0;
      for (int i = 0; i < commands.size(); i++) {
        if (commands.get(i) instanceof Together) {
          throw new IllegalArgumentException("commands[" + i + "] must not hold commands itself");
        }
        lines += lines(commands.get(i)).size();
      }
      if (lines > MAX_LINES_TOGETHER) {
        throw new IllegalArgumentException(
            "commands must have at most " + MAX_LINES_TOGETHER + " lines in all, not " + lines);
      }
    }
  }

  /// The lines that a command names: none where it names the item itself, or means all lines of a
  /// reservation.
  private static List<Line> lines(Command command) {
    return switch (command) {
      case Reserve reserve -> reserve.lines;
      case Purchase purchase -> purchase.lines;
      case Change change -> change.lines;
      case Commit commit -> commit.part;
      case Return back -> back.lines;
      case Release _,
          Extend _,
          Expire _,
          Receive _,
          Adjust _,
          Count _,
          Transfer _,
          SetSafetyStock _,
          Correct _,
          Together _ ->
          List.of();
    };
  }

  private static List<Line> checkedLines(List<Line> lines) {
    List<Line> copy = checkedPart("lines", lines);
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("lines must be 1 to " + MAX_LINES + ", not 0");
    }
    return copy;
  }

  /// None means all.
  private static List<Line> checkedPart(String name, List<Line> lines) {
    List<Line> copy = Copies.of(name, lines);
    if (copy.size() > MAX_LINES) {
      throw new IllegalArgumentException(
          name + " must be 1 to " + MAX_LINES + ", not " + copy.size());
    }
    return copy;
  }

  private static void checkQuantity(long quantity) {
    if (quantity < 1 || quantity > Line.MAX_QUANTITY) {
      throw new IllegalArgumentException(
          "quantity must be between 1 and " + Line.MAX_QUANTITY + ", not " + quantity);
    }
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
