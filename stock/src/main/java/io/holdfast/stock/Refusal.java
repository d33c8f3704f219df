package io.holdfast.stock;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /// The item is untracked: it has no stock to receive, adjust, count, move or keep.
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

  /// The item has no stock record at that location, or at none when `location` is null: nothing was
  /// ever received there.
  record NoStockRecord(Sku sku, @Nullable LocationId location) implements Refusal {
    public NoStockRecord {
      Objects.requireNonNull(sku, "sku");
    }
  }

  /// No reservation of this tenant has that id; or it is another customer's, which one that is to
  /// be replaced must not be, nor any of a call that is only of one customer, see [Call#onlyOf()].
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

  /// Nothing can come back of a reservation that was not committed; `state` says what it is.
  record ReservationNotCommitted(ReservationId reservation, ReservationState state)
      implements Refusal {
    public ReservationNotCommitted {
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

  /// What the caller has seen is not what is there: it is at version `found`.
  record VersionConflict(long expected, long found) implements Refusal {}

  /// More was to be committed or to come back than the reservation has; every such line is listed.
  record MoreThanReserved(ReservationId reservation, List<Excess> excesses) implements Refusal {
    public MoreThanReserved {
      Objects.requireNonNull(reservation, "reservation");
      excesses = Copies.of("excesses", excesses);
    }
  }

  /// The level was found to be other than its ledger says, and until somebody has counted nothing
  /// moves on it but its correction, see [Command.Correct].
  ///
  /// @param reason what was found, in words
  /// @param since when it was found
  record LevelQuarantined(Sku sku, LocationId location, String reason, Instant since)
      implements Refusal {
    public LevelQuarantined {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(since, "since");
    }
  }

  /// At least one level has less than was wanted of it; every such level is listed.
  record InsufficientStock(List<Shortage> shortages) implements Refusal {
    public InsufficientStock {
      shortages = Copies.of("shortages", shortages);
    }
  }

  /// The customer would have more of an item than one customer may have within a time: `claimed`
  /// counts already, `wanted` comes on top of it.
  ///
  /// @param nextAt when the oldest claim stops counting; null when none does, since nothing is
  ///   claimed yet
  record LimitExceeded(
      PurchaseLimit limit, Customer customer, long wanted, long claimed, @Nullable Instant nextAt)
      implements Refusal {
    public LimitExceeded {
      Objects.requireNonNull(limit, "limit");
      Objects.requireNonNull(customer, "customer");
    }
  }

  /// As many reservations are held for the customer as may be at a time.
  record TooManyReservations(Customer customer, long max) implements Refusal {
    public TooManyReservations {
      Objects.requireNonNull(customer, "customer");
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

  /// Of commands that were to be done together, the first that can't be done on what the ones
  /// before it would have left. None of them has any effect.
  ///
  /// @param index of the command, from 0
  record PartRefused(int index, Refusal refusal) implements Refusal {
    public PartRefused {
      Objects.requireNonNull(refusal, "refusal");
      if (index < 0) {
        throw new IllegalArgumentException("index must not be negative, but is " + index);
      }
    }
  }

  /// What was wanted of a reservation's line, and what there is left of it.
  record Excess(Sku sku, @Nullable LocationId location, long wanted, long left) {
    public Excess {
      Objects.requireNonNull(sku, "sku");
    }
  }

  /// What was wanted, all lines of the same item and location added up, and what could be had.
  ///
  /// The last two are for people: they are looked up after the decision, may be a quarter of a
  /// second old, and are left empty when they can't be had.
  ///
  /// @param location null for lines that name none
  /// @param sellable what could have been reserved instead: at the location, or of all locations
  ///   together when the lines name none
  /// @param count the level's; of lines that name none, the sums over the item's levels, with
  ///   version 0
  /// @param firstExpiresAt when the first reservation of it expires unless it is committed, of the
  ///   [#EXPIRIES_SEEN] that expire first
  /// @param elsewhere which other locations could have served it alone
  record Shortage(
      Sku sku,
      @Nullable LocationId location,
      long wanted,
      long sellable,
      StockCount count,
      @Nullable Instant firstExpiresAt,
      List<LocationId> elsewhere) {
    /// How many of a tenant's reservations are looked at for the one that expires first.
    public static final int EXPIRIES_SEEN = 500;

    public Shortage {
      Objects.requireNonNull(sku, "sku");
      Objects.requireNonNull(count, "count");
      elsewhere = Copies.of("elsewhere", elsewhere);
    }

    /// As it was decided, without what is looked up afterwards.
    public Shortage(
        Sku sku, @Nullable LocationId location, long wanted, long sellable, StockCount count) {
      this(sku, location, wanted, sellable, count, null, List.of());
    }

    /// How much less than wanted there was.
    public long missing() {
      return wanted - sellable;
    }

    /// The same with what was looked up.
    public Shortage explained(@Nullable Instant newExpiresAt, List<LocationId> newElsewhere) {
      List<LocationId> places = Copies.of("newElsewhere", newElsewhere);
      return new Shortage(sku, location, wanted, sellable, count, newExpiresAt, places);
    }
  }
}
