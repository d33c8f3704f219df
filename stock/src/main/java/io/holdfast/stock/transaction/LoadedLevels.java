package io.holdfast.stock.transaction;

import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Decision;
import io.holdfast.stock.decide.Guard;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.StockView;
import io.holdfast.stock.store.LevelRange;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.Policies;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The levels that a transaction's requests name and those on which their reservations lie.
final class LoadedLevels {
  private final TenantId tenant;
  private final LockOptions locks;
  private final StockView view;
  private final Set<HeldRow> heldRows;
  private final Map<LevelKey, byte[]> chains = new HashMap<>();
  private final FoundLevels found = new FoundLevels();
  private final Guards guards = new Guards();
  private Set<LevelRange> asked = Set.of();
  private List<LevelRange> tried = List.of();
  private List<Portion<LevelRange>> portions = List.of();
  private LevelBound bound = LevelBound.NONE;
  private CorrectedLevels corrected = CorrectedLevels.NONE;

  /// @param view that what is loaded is put into
  /// @param heldRows that rows are added to which somebody else holds
  LoadedLevels(TenantId tenant, LockOptions locks, StockView view, Set<HeldRow> heldRows) {
    this.tenant = tenant;
    this.locks = locks;
    this.view = view;
    this.heldRows = heldRows;
  }

  /// The hash of the newest movement of each level.
  Map<LevelKey, byte[]> chains() {
    return chains;
  }

  FoundLevels found() {
    return found;
  }

  Guards guards() {
    return guards;
  }

  /// Whether a command has to be tried before it is known what is to be guarded; under a control
  /// without guards none has.
  boolean needsTrial(Request request) {
    if (locks.locking() != Locking.GUARD) {
      return false;
    }
    Optional<List<Guard>> known = Guard.of(request.command(), request.seen(view));
    known.ifPresent(guards::know);
    return known.isEmpty();
  }

  void addTrial(RoundTrip trip, Request request) {
    tried = LevelRange.inOrder(request.footprint().levelsIn(view));
    if (!tried.isEmpty()) {
      StockLevels.load(trip, tenant, tried, Locking.NONE);
    }
    Policies.read(trip, tenant);
    trip.add(Transactions.CLOCK_READ);
  }

  void takeTrial(RoundTrip trip, Request request) throws SQLException {
    StockView trial = view.copy();
    if (!tried.isEmpty()) {
      StockLevels.loaded(trip, tried).forEach(loaded -> put(trial, loaded));
    }
    trial.putPolicy(Policies.policy(trip));
    Instant now = Transactions.clock(trip);
    guards.know(
        Decision.of(request.seen(trial), request.command(), request.newReservations(), now));
  }

  /// Answers whether there is any level.
  boolean add(RoundTrip trip, List<Request> requests) {
    List<LevelRange> ranges = new ArrayList<>();
    for (Request request : requests) {
      List<LevelRange> own = request.footprint().levelsIn(view);
      if (!request.reservations().isEmpty()) {
        found.ask(request, own);
      }
      ranges.addAll(own);
    }
    corrected = CorrectedLevels.of(requests);
    Locking locking = corrected.locking(locks.locking());
    asked = Set.copyOf(ranges);
    portions = Portion.of(LevelRange.inOrder(asked), this::isKnownHeld, locking);
    if (locks.locking() == Locking.GUARD) {
      guards.add(trip, tenant);
    }
    bound = new LevelBound(requests, locks.maxRows());
    for (Portion<LevelRange> portion : portions) {
      StockLevels.load(trip, tenant, portion.keys(), portion.locking(), bound.limit());
    }
    corrected.add(trip, tenant);
    return !portions.isEmpty();
  }

  private boolean isKnownHeld(LevelRange range) {
    return range.location() != null
        ? locks
            .knownHeld()
            .contains(new HeldRow.OfLevel(new LevelKey(range.sku(), range.location())))
        : locks.knownHeld().stream()
            .anyMatch(row -> row instanceof HeldRow.OfLevel(LevelKey key) && range.contains(key));
  }

  void take(RoundTrip trip) throws SQLException {
    guards.take(trip);
    List<StockLevels.Loaded> rows = new ArrayList<>();
    for (Portion<LevelRange> portion : portions) {
      rows.addAll(StockLevels.loaded(trip, portion.keys()));
    }
    bound.check(rows);
    rows.forEach(this::take);
    corrected.take(trip, view, chains);
  }

  private void take(StockLevels.Loaded loaded) {
    LevelKey key = loaded.key();
    put(view, loaded);
    found.add(loaded);
    if (key != null && loaded.held()) {
      heldRows.add(new HeldRow.OfLevel(key));
    }
    if (key != null && loaded.chainHash() != null) {
      chains.put(key, loaded.chainHash());
    }
  }

  private void put(StockView into, StockLevels.Loaded loaded) {
    LevelKey key = loaded.key();
    if (loaded.tracked() != null) {
      into.putItem(loaded.range().sku(), loaded.tracked());
    }
    if (key != null && loaded.priority() != null) {
      into.putLocation(key.location(), loaded.priority());
    }
    if (key != null && loaded.count() != null) {
      into.putLevel(key, guards.before(key, loaded.count()));
    }
    if (key != null && loaded.quarantine() != null) {
      into.putQuarantine(key, loaded.quarantine());
    }
  }

  /// Whether each of these is loaded as a range of its own.
  boolean haveAll(List<LevelRange> ranges) {
    return asked.containsAll(ranges);
  }

  /// Where those who lack something would find more, had it come there while they waited.
  List<LevelRange> mayHaveMore(Collection<Request> lacking) {
    return locks.locking().mixesMoments() ? found.mayHaveMore(lacking) : List.of();
  }
}
