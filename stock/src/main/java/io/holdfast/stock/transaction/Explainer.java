package io.holdfast.stock.transaction;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Refusal.Shortage;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.store.Borrowed;
import io.holdfast.stock.store.Prospects;
import io.holdfast.stock.store.Prospects.Expiries;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// Says more to those who were refused for lack of stock: when the first of it may come back, and
/// who else has it. It decides nothing and fails nobody: what can't be looked up is left out.
///
/// A crowd in front of something that is sold out is told what was looked up once for all of them,
/// so refusals cost the database a look per tenant and moment, and not one each.
final class Explainer {
  private static final System.Logger LOG = System.getLogger(Explainer.class.getName());
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final Duration LOOK_MAX = Duration.ofMillis(500);
  private static final int TENANTS_MAX = 1_000;

  private final DataSource database;
  private final Duration statementTimeout;
  private final Map<TenantId, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(
      Expiries expiries, Map<LevelKey, StockCount> levels, Set<Sku> skus, long nanos) {
    boolean isFresh(long now) {
      return now - nanos < FRESH_NANOS;
    }
  }

  Explainer(DataSource database, Duration statementTimeout) {
    this.database = database;
    this.statementTimeout = statementTimeout.compareTo(LOOK_MAX) < 0 ? statementTimeout : LOOK_MAX;
  }

  /// The same refusals in the same order, with what could be found out.
  List<Refusal.InsufficientStock> explain(
      TenantId tenant, List<Refusal.InsufficientStock> refusals) {
    Set<Sku> skus = new HashSet<>();
    for (Refusal.InsufficientStock refusal : refusals) {
      refusal.shortages().stream()
          .filter(Explainer::mayHaveProspects)
          .forEach(each -> skus.add(each.sku()));
    }
    if (skus.isEmpty()) {
      return refusals;
    }
    Seen now;
    try {
      now = look(tenant, skus);
    } catch (SQLException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "refusals go without explanation", e);
      return refusals;
    }
    return refusals.stream()
        .map(
            refusal ->
                new Refusal.InsufficientStock(
                    refusal.shortages().stream().map(each -> explained(each, now)).toList()))
        .toList();
  }

  /// What is sold is gone, wherever it was.
  private static boolean mayHaveProspects(Shortage shortage) {
    return shortage.location() != null || shortage.count().reserved() > 0;
  }

  private Seen look(TenantId tenant, Set<Sku> skus) throws SQLException {
    Seen last = seen.get(tenant);
    if (last != null && last.isFresh(System.nanoTime()) && last.skus.containsAll(skus)) {
      return last;
    }
    try (Borrowed borrowed = Borrowed.from(database);
        RoundTrip trip = new RoundTrip(borrowed.connection())) {
      Transactions.beginRead(trip, tenant, statementTimeout);
      Prospects.findExpiries(trip, tenant, Shortage.EXPIRIES_SEEN);
      Prospects.findLevels(trip, tenant, skus);
      trip.send();
      trip.rows().close();
      Expiries expiries = Prospects.expiries(trip);
      Seen fresh = new Seen(expiries, Prospects.levels(trip), skus, System.nanoTime());
      if (seen.size() >= TENANTS_MAX) {
        seen.clear();
      }
      seen.put(tenant, fresh);
      return fresh;
    }
  }

  private static Shortage explained(Shortage shortage, Seen now) {
    return shortage.explained(
        now.expiries.first(shortage.sku(), shortage.location()), elsewhere(shortage, now.levels));
  }

  private static List<LocationId> elsewhere(Shortage shortage, Map<LevelKey, StockCount> levels) {
    List<LocationId> elsewhere = new ArrayList<>();
    if (shortage.location() != null) {
      levels.forEach(
          (level, count) -> {
            if (level.sku().equals(shortage.sku())
                && !level.location().equals(shortage.location())
                && count.sellable() >= shortage.wanted()) {
              elsewhere.add(level.location());
            }
          });
      elsewhere.sort(null);
    }
    return elsewhere;
  }
}
