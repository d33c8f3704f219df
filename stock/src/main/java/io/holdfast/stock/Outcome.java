package io.holdfast.stock;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What became of a [Command]. Instants are the database's, in microseconds.
public sealed interface Outcome permits Outcome.Effect, Refusal {

  /// Something that took effect. Only these bind an idempotency key.
  sealed interface Effect extends Outcome {}

  /// Stock is claimed until `expiresAt`; `lines` are in the order of the command.
  record Reserved(
      ReservationId reservation,
      List<StockedLine> lines,
      @Nullable Customer customer,
      Instant at,
      Instant expiresAt)
      implements Effect {
    public Reserved {
      Objects.requireNonNull(reservation, "reservation");
      lines = Copies.of("lines", lines);
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(expiresAt, "expiresAt");
    }
  }

  /// The reservation's stock is gone; `lines` are in the order in which they were reserved.
  record Committed(ReservationId reservation, List<StockedLine> lines, Instant at)
      implements Effect {
    public Committed {
      Objects.requireNonNull(reservation, "reservation");
      lines = Copies.of("lines", lines);
      Objects.requireNonNull(at, "at");
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
}
