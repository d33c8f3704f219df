package io.holdfast.stock.testing;

import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.decide.Decision;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.StockView;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A shop in memory: the same pure decision, and no database. What an engine answers to a sequence
/// of commands is what this answers, one after the other.
public final class Model {
  private final StockView view = new StockView();
  private Instant now = Instant.EPOCH;

  public Model() {
    view.putLocation(LocationId.MAIN, StockRegister.DEFAULT_PRIORITY);
  }

  public Model opens(String location, int priority) {
    view.putLocation(new LocationId(location), priority);
    return this;
  }

  public Model chooses(StockPolicy policy) {
    view.putPolicy(policy);
    return this;
  }

  public Model limits(PurchaseLimit limit) {
    view.putLimit(limit);
    return this;
  }

  public Model sells(String sku, boolean tracked) {
    view.putItem(new Sku(sku), tracked);
    return this;
  }

  /// Decides as the engine did: with the id that it gave, at the time that it read.
  ///
  /// @param onlyOf whose reservations alone there are; null: all
  public Outcome outcome(Command command, @Nullable Customer onlyOf, Outcome engines) {
    now = timeOf(engines);
    StockView seen = onlyOf == null ? view : view.seenBy(onlyOf);
    Decision decision = Decision.of(seen, command, idsOf(engines), now);
    view.apply(decision.changes());
    return decision.outcome();
  }

  public StockCount count(String sku, String location) {
    return view.level(new LevelKey(new Sku(sku), new LocationId(location)))
        .orElse(new StockCount(0, 0, 0));
  }

  /// A refusal has none; whatever would have been made takes any.
  private static List<ReservationId> idsOf(Outcome outcome) {
    List<ReservationId> made = made(outcome).toList();
    return made.isEmpty()
        ? Collections.nCopies(Command.MAX_TOGETHER, new ReservationId(new UUID(0, 0)))
        : made;
  }

  /// The reservations that were made, in their order.
  static Stream<ReservationId> made(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Reserved reserved -> Stream.of(reserved.reservation());
      case Outcome.Purchased purchased -> Stream.of(purchased.reservation());
      case Outcome.DoneTogether(List<Outcome.Effect> effects) ->
          effects.stream().flatMap(Model::made);
      default -> Stream.empty();
    };
  }

  /// A refusal has no time; nothing in a drawn sequence comes near its expiry, so the last one
  /// does.
  private Instant timeOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Reserved reserved -> reserved.at();
      case Outcome.Purchased purchased -> purchased.at();
      case Outcome.Committed committed -> committed.at();
      case Outcome.Released released -> released.at();
      case Outcome.Expired expired -> expired.at();
      case Outcome.Extended extended -> extended.at();
      case Outcome.Received received -> received.at();
      case Outcome.Adjusted adjusted -> adjusted.at();
      case Outcome.Changed changed -> changed.at();
      case Outcome.Returned returned -> returned.at();
      case Outcome.Counted counted -> counted.at();
      case Outcome.Transferred transferred -> transferred.at();
      case Outcome.SafetyStockSet set -> set.at();
      case Outcome.Corrected corrected -> corrected.at();
      case Outcome.DoneTogether(List<Outcome.Effect> effects) -> timeOf(effects.getFirst());
      case Refusal _ -> now;
    };
  }
}
