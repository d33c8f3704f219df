package io.holdfast.stock;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a [Command]. Instants are the database's, in microseconds.
public sealed interface Outcome permits Outcome.Effect, Refusal {

  /// Something that took effect. Only these bind an idempotency key.
  sealed interface Effect extends Outcome {}

  record Reserved(
      ReservationId reservation,
      List<StockedLine> lines,
      @Nullable Customer customer,
      Instant at,
      Instant expiresAt)
      implements Effect {
    public Reserved {
      lines = List.copyOf(lines);
    }
  }

  record Committed(ReservationId reservation, List<StockedLine> lines, Instant at)
      implements Effect {
    public Committed {
      lines = List.copyOf(lines);
    }
  }

  record Released(ReservationId reservation, List<StockedLine> lines, Instant at)
      implements Effect {
    public Released {
      lines = List.copyOf(lines);
    }
  }

  record Expired(ReservationId reservation, List<StockedLine> lines, Instant at) implements Effect {
    public Expired {
      lines = List.copyOf(lines);
    }
  }

  record Extended(ReservationId reservation, Instant at, Instant expiresAt) implements Effect {}

  /// A purchase is a reservation that was committed as it was made, and has its id.
  record Purchased(
      ReservationId reservation, List<StockedLine> lines, @Nullable Customer customer, Instant at)
      implements Effect {
    public Purchased {
      lines = List.copyOf(lines);
    }
  }

  record Received(StockedLine line, @Nullable Reason reason, Instant at) implements Effect {}

  record Adjusted(
      Sku sku, LocationId location, long change, StockCount after, Reason reason, Instant at)
      implements Effect {}
}
