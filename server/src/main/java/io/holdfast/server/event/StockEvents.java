package io.holdfast.server.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovedLevel;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal.RefusedByParticipant;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockedLine;
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

  /// @param location where it is served from
  private record OneLine(String sku, String location, long quantity) {
    static List<OneLine> of(List<StockedLine> lines) {
      return lines.stream()
          .map(l -> new OneLine(l.sku().value(), l.location().value(), l.quantity()))
          .toList();
    }
  }

  private record MissingLine(String sku, @Nullable String location, long quantity) {
    static @Nullable List<MissingLine> of(List<Line> lines) {
      return lines.isEmpty() ? null : lines.stream().map(MissingLine::of).toList();
    }

    private static MissingLine of(Line line) {
      LocationId location = line.location();
      return new MissingLine(
          line.sku().value(), location == null ? null : location.value(), line.quantity());
    }
  }

  /// What the outcome has; the rest is left out.
  ///
  /// @param replaces the reservation that it took the place of, which has ended if it had not
  ///   before
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ReservationTold(
      String reservation,
      @Nullable String customer,
      @Nullable List<OneLine> lines,
      @Nullable List<MissingLine> missing,
      @Nullable List<OneLine> released,
      @Nullable String replaces,
      @Nullable Instant expiresAt) {

    static ReservationTold of(ReservationId id, @Nullable List<StockedLine> lines) {
      return of(id, null, lines, null);
    }

    static ReservationTold of(
        ReservationId id,
        @Nullable Customer customer,
        @Nullable List<StockedLine> lines,
        @Nullable Instant expiresAt) {
      return new ReservationTold(
          id.toString(),
          customer == null ? null : customer.reference(),
          lines == null ? null : OneLine.of(lines),
          null,
          null,
          null,
          expiresAt);
    }

    ReservationTold without(List<Line> lacking) {
      return new ReservationTold(
          reservation, customer, lines, MissingLine.of(lacking), released, replaces, expiresAt);
    }

    ReservationTold givingBack(List<StockedLine> back) {
      return new ReservationTold(
          reservation,
          customer,
          lines,
          missing,
          back.isEmpty() ? null : OneLine.of(back),
          replaces,
          expiresAt);
    }

    ReservationTold inPlaceOf(@Nullable Command command) {
      return command instanceof Command.Reserve reserve && reserve.replaces() != null
          ? new ReservationTold(
              reservation,
              customer,
              lines,
              missing,
              released,
              reserve.replaces().toString(),
              expiresAt)
          : this;
    }
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
            tell(
                EventType.RESERVATION_RESERVED,
                ReservationTold.of(it.reservation(), it.customer(), it.lines(), it.expiresAt())
                    .without(it.missing())
                    .inPlaceOf(command),
                it.at());
        case Outcome.Changed it ->
            tell(
                EventType.RESERVATION_CHANGED,
                ReservationTold.of(it.reservation(), null, it.lines(), it.expiresAt()),
                it.at());
        case Outcome.Extended it ->
            tell(
                EventType.RESERVATION_EXTENDED,
                ReservationTold.of(it.reservation(), null, null, it.expiresAt()),
                it.at());
        case Outcome.Committed it ->
            tell(
                EventType.RESERVATION_COMMITTED,
                ReservationTold.of(it.reservation(), it.lines()).givingBack(it.released()),
                it.at());
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
            tell(
                EventType.RESERVATION_PURCHASED,
                ReservationTold.of(it.reservation(), it.customer(), it.lines(), null),
                it.at());
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
