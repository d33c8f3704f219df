package io.holdfast.server.event;

import io.holdfast.stock.Command;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovedLevel;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal.RefusedByParticipant;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells of reservations and of stock, in the engine's transactions. It locks nothing: the engine
/// has the rows of all that it tells of.
public final class StockEvents implements Participant<StockTelling.Wanted> {
  private final StockTelling telling;

  public StockEvents(StockTelling telling) {
    this.telling = telling;
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public Class<StockTelling.Wanted> attachmentType() {
    return StockTelling.Wanted.class;
  }

  @Override
  public Place place() {
    return Place.LAST;
  }

  @Override
  public Turn<StockTelling.Wanted> begin(
      Connection transaction, TenantId tenant, List<StockTelling.Wanted> wanted) {
    return new Telling(tenant, telling.isFor(tenant));
  }

  private record LevelTold(
      String sku,
      String location,
      long onHand,
      long reserved,
      long available,
      long safetyStock,
      long version) {
    static LevelTold of(MovedLevel level) {
      StockCount after = level.after();
      return new LevelTold(
          level.sku().value(),
          level.location().value(),
          after.onHand(),
          after.reserved(),
          after.available(),
          after.safetyStock(),
          after.version());
    }
  }

  private static final class Telling implements Turn<StockTelling.Wanted> {
    private final TenantId tenant;
    private final boolean isWanted;
    private final List<Event> events = new ArrayList<>();
    private final Map<LevelName, MovedLevel> levels = new LinkedHashMap<>();
    private Instant at = Instant.EPOCH;

    private record LevelName(Sku sku, LocationId location) {}

    private Telling(TenantId tenant, boolean isWanted) {
      this.tenant = tenant;
      this.isWanted = isWanted;
    }

    @Override
    public Optional<RefusedByParticipant> objection(
        StockTelling.Wanted wanted, Outcome.Effect effect) {
      return Optional.empty();
    }

    @Override
    public void accept(StockTelling.Wanted wanted, Outcome.Effect effect) {
      if (isWanted) {
        tell(effect, wanted.command());
      }
    }

    /// Whatever comes last of a level in this transaction is what it is.
    @Override
    public void moved(StockTelling.Wanted wanted, List<MovedLevel> moved) {
      if (isWanted) {
        moved.forEach(level -> levels.put(new LevelName(level.sku(), level.location()), level));
      }
    }

    private void tell(Outcome.Effect effect, @Nullable Command command) {
      switch (effect) {
        case Outcome.Reserved it ->
            tell(EventType.RESERVATION_RESERVED, ReservationTold.reserved(it, command), it.at());
        case Outcome.Changed it ->
            tell(
                EventType.RESERVATION_CHANGED,
                ReservationTold.held(it.reservation(), it.lines(), it.expiresAt()),
                it.at());
        case Outcome.Extended it ->
            tell(
                EventType.RESERVATION_EXTENDED,
                ReservationTold.held(it.reservation(), null, it.expiresAt()),
                it.at());
        case Outcome.Committed it ->
            tell(EventType.RESERVATION_COMMITTED, ReservationTold.committed(it), it.at());
        case Outcome.Released it ->
            tell(
                EventType.RESERVATION_RELEASED,
                ReservationTold.of(it.reservation(), it.lines()),
                it.at());
        case Outcome.Expired it ->
            tell(
                EventType.RESERVATION_EXPIRED,
                ReservationTold.of(it.reservation(), it.lines()),
                it.at());
        case Outcome.Purchased it ->
            tell(EventType.RESERVATION_PURCHASED, ReservationTold.purchased(it), it.at());
        case Outcome.Returned it ->
            tell(
                EventType.RESERVATION_RETURNED,
                ReservationTold.of(it.reservation(), it.lines()),
                it.at());
        case Outcome.DoneTogether(List<Outcome.Effect> parts) -> {
          for (int i = 0; i < parts.size(); i++) {
            Command part =
                command instanceof Command.Together together ? together.commands().get(i) : null;
            tell(parts.get(i), part);
          }
        }
        case Outcome.Received it -> at = it.at();
        case Outcome.Adjusted it -> at = it.at();
        case Outcome.Counted it -> at = it.at();
        case Outcome.Transferred it -> at = it.at();
        case Outcome.Corrected it -> at = it.at();
        case Outcome.SafetyStockSet it -> at = it.at();
      }
    }

    private void tell(EventType type, ReservationTold told, Instant when) {
      at = when;
      events.add(new Event(type, "reservations/" + told.reservation(), when, told));
    }

    @Override
    public void write(Connection transaction) throws SQLException {
      for (MovedLevel level : levels.values()) {
        String subject = "items/" + level.sku().value() + "/levels/" + level.location().value();
        events.add(new Event(EventType.STOCK_CHANGED, subject, at, LevelTold.of(level)));
      }
      Outbox.add(transaction, tenant, events);
    }
  }
}
