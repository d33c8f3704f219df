package io.holdfast.stock;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What became of a [Command]. Instants are the database's, in microseconds.
public sealed interface Outcome permits Outcome.Effect, Refusal {

  /// Something that took effect. Only these bind an idempotency key.
  sealed interface Effect extends Outcome {}

  /// @param lines where each line is served from; a line that was sourced from several locations
  ///   stands there once for each
  /// @param missing what was not there, when the caller was content with less
  record Reserved(
      ReservationId reservation,
      List<StockedLine> lines,
      List<Line> missing,
      @Nullable Customer customer,
      Instant at,
      Instant expiresAt)
      implements Effect {
    public Reserved {
      Objects.requireNonNull(reservation, "reservation");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(expiresAt, "expiresAt");
      lines = Copies.of("lines", lines);
      missing = Copies.of("missing", missing);
    }

    public Reserved(
        ReservationId reservation,
        List<StockedLine> lines,
        @Nullable Customer customer,
        Instant at,
        Instant expiresAt) {
      this(reservation, lines, List.of(), customer, at, expiresAt);
    }
  }

  /// @param version of the reservation from now on
  record Changed(
      ReservationId reservation,
      long version,
      List<StockedLine> lines,
      Instant at,
      Instant expiresAt)
      implements Effect {
    public Changed {
      Objects.requireNonNull(reservation, "reservation");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(expiresAt, "expiresAt");
      lines = Copies.of("lines", lines);
    }
  }

  /// @param lines what was committed
  /// @param released what was given back, when only a part was committed
  /// @param wasExpired whether the reservation's time had been up, and its stock was reserved again
  record Committed(
      ReservationId reservation,
      List<StockedLine> lines,
      List<StockedLine> released,
      boolean wasExpired,
      Instant at)
      implements Effect {
    public Committed {
      Objects.requireNonNull(reservation, "reservation");
      Objects.requireNonNull(at, "at");
      lines = Copies.of("lines", lines);
      released = Copies.of("released", released);
    }

    public Committed(ReservationId reservation, List<StockedLine> lines, Instant at) {
      this(reservation, lines, List.of(), false, at);
    }
  }

  /// The reservation's stock is available again.
  record Released(ReservationId reservation, List<StockedLine> lines, Instant at)
      implements Effect {
    public Released {
      Objects.requireNonNull(reservation, "reservation");
      lines = Copies.of("lines", lines);
      Objects.requireNonNull(at, "at");
    }
  }

  /// The time was up, and the reservation's stock is available again.
  record Expired(ReservationId reservation, List<StockedLine> lines, Instant at) implements Effect {
    public Expired {
      Objects.requireNonNull(reservation, "reservation");
      lines = Copies.of("lines", lines);
      Objects.requireNonNull(at, "at");
    }
  }

  /// The reservation is now held until `expiresAt`.
  record Extended(ReservationId reservation, Instant at, Instant expiresAt) implements Effect {
    public Extended {
      Objects.requireNonNull(reservation, "reservation");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(expiresAt, "expiresAt");
    }
  }

  /// A purchase is a reservation that was committed as it was made, and has its id.
  record Purchased(
      ReservationId reservation, List<StockedLine> lines, @Nullable Customer customer, Instant at)
      implements Effect {
    public Purchased {
      Objects.requireNonNull(reservation, "reservation");
      lines = Copies.of("lines", lines);
      Objects.requireNonNull(at, "at");
    }
  }

  /// @param lines what came back
  record Returned(
      ReservationId reservation, List<StockedLine> lines, @Nullable Reason reason, Instant at)
      implements Effect {
    public Returned {
      Objects.requireNonNull(reservation, "reservation");
      Objects.requireNonNull(at, "at");
      lines = Copies.of("lines", lines);
    }
  }

  /// Stock is in.
  record Received(StockedLine line, @Nullable Reason reason, Instant at) implements Effect {
    public Received {
      Objects.requireNonNull(line, "line");
      Objects.requireNonNull(at, "at");
    }
  }

  /// What is on hand was corrected, by `change` to what `after` says.
  record Adjusted(
      Sku sku, LocationId location, long change, StockCount after, Reason reason, Instant at)
      implements Effect {
    public Adjusted {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(after, "after");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(at, "at");
    }
  }

  /// @param change by how much what was counted differs from what was believed
  record Counted(
      Sku sku,
      LocationId location,
      long change,
      StockCount after,
      @Nullable Reason reason,
      Instant at)
      implements Effect {
    public Counted {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(after, "after");
      Objects.requireNonNull(at, "at");
    }
  }

  /// @param from the line at the location that gave
  /// @param to the line at the location that got
  record Transferred(StockedLine from, StockedLine to, @Nullable Reason reason, Instant at)
      implements Effect {
    public Transferred {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      Objects.requireNonNull(at, "at");
    }
  }

  /// A level is what was counted and what is held, and not quarantined any more.
  ///
  /// @param change by how much what was counted differs from what the ledger had, signed
  record Corrected(
      Sku sku, LocationId location, long change, StockCount after, Reason reason, Instant at)
      implements Effect {
    public Corrected {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(after, "after");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(at, "at");
    }
  }

  /// So much of a level is kept from being sold from now on, as `after` says.
  record SafetyStockSet(
      Sku sku, LocationId location, StockCount after, @Nullable Reason reason, Instant at)
      implements Effect {
    public SafetyStockSet {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(after, "after");
      Objects.requireNonNull(at, "at");
    }
  }

  /// All of the commands were done, at one instant.
  ///
  /// @param effects in the order of the commands
  record DoneTogether(List<Effect> effects) implements Effect {
    public DoneTogether {
      effects = Copies.of("effects", effects);
    }
  }
}
