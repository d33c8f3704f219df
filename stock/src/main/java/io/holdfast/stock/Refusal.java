package io.holdfast.stock;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// An expected no: it changed nothing, and the same request may succeed later.
///
/// In order of precedence: of several that apply, the first one listed is answered.
public sealed interface Refusal extends Outcome {

  /// The idempotency key was used for another request.
  record KeyReused() implements Refusal {}

  /// No item of this tenant has that sku.
  record UnknownItem(Sku sku) implements Refusal {
    public UnknownItem {
      Objects.requireNonNull(sku, "sku");
    }
  }

  /// The item is untracked: it has no stock to receive or adjust.
  record ItemNotTracked(Sku sku) implements Refusal {
    public ItemNotTracked {
      Objects.requireNonNull(sku, "sku");
    }
  }

  /// The tenant has no location of that name.
  record UnknownLocation(LocationId location) implements Refusal {
    public UnknownLocation {
      Objects.requireNonNull(location, "location");
    }
  }

  /// The item has no stock record at that location: nothing was ever received there.
  record NoStockRecord(Sku sku, LocationId location) implements Refusal {
    public NoStockRecord {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
    }
  }

  /// No reservation of this tenant has that id.
  record UnknownReservation(ReservationId reservation) implements Refusal {
    public UnknownReservation {
      Objects.requireNonNull(reservation, "reservation");
    }
  }

  /// The reservation has ended already; `state` says how.
  record ReservationNotHeld(ReservationId reservation, ReservationState state) implements Refusal {
    public ReservationNotHeld {
      Objects.requireNonNull(reservation, "reservation");
      Objects.requireNonNull(state, "state");
    }
  }

  /// The reservation's time was up at `expiredAt`.
  record ReservationExpired(ReservationId reservation, Instant expiredAt) implements Refusal {
    public ReservationExpired {
      Objects.requireNonNull(reservation, "reservation");
      Objects.requireNonNull(expiredAt, "expiredAt");
    }
  }

  /// The reservation's time is not up before `expiresAt`: nothing to expire.
  record ReservationNotDue(ReservationId reservation, Instant expiresAt) implements Refusal {
    public ReservationNotDue {
      Objects.requireNonNull(reservation, "reservation");
      Objects.requireNonNull(expiresAt, "expiresAt");
    }
  }

  /// At least one level has less than was wanted of it; every such level is listed.
  record InsufficientStock(List<Shortage> shortages) implements Refusal {
    public InsufficientStock {
      shortages = Copies.of("shortages", shortages);
    }
  }

  /// The level can't count that far.
  record BalanceOutOfRange(Sku sku, LocationId location) implements Refusal {
    public BalanceOutOfRange {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
    }
  }

  /// A [Participant] said no.
  record RefusedByParticipant(String participant, String code, String detail) implements Refusal {
    public RefusedByParticipant {
      Objects.requireNonNull(participant, "participant");
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(detail, "detail");
    }
  }

  /// What was wanted of a level, all lines added up, and what it had.
  record Shortage(Sku sku, LocationId location, long wanted, StockCount count) {
    public Shortage {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(count, "count");
    }
  }
}
