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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// Says more to those who were refused for lack of stock: when the first of it may come back, and
/// who else has it. It decides nothing, fails nobody and keeps no lane waiting: what can't be
/// looked up in time is left out.
///
/// A crowd in front of something that is sold out is told what was looked up once for all of them,
/// so refusals cost the database a look per tenant and moment, and not one each. Who asks about
/// other items within that moment hears of their expiry, and not of where else they lie.
public final class Explainer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Explainer.class.getName());
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final Duration LOOK_MAX = Duration.ofMillis(500);
  private static final int TENANTS_MAX = 1_000;

  private final DataSource database;
  private final Duration statementTimeout;
  private final Map<TenantId, Look> looks = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor looking;
  private final ScheduledThreadPoolExecutor clock;

  private record Seen(Expiries expiries, Map<LevelKey, StockCount> levels) {
    static final Seen NOTHING = new Seen(new Expiries(Map.of(), Map.of()), Map.of());
  }

  /// One that is on its way, has failed or has found something: for a moment nobody looks again.
  private record Look(CompletableFuture<Seen> seen, long begunNanos) {
    boolean isFresh() {
      return System.nanoTime() - begunNanos < FRESH_NANOS;
    }
  }

  public Explainer(DataSource database, Duration statementTimeout, ThreadFactory threads) {
    this.database = database;
    this.statementTimeout = statementTimeout.compareTo(LOOK_MAX) < 0 ? statementTimeout : LOOK_MAX;
    this.looking =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), threads);
    this.clock = new ScheduledThreadPoolExecutor(1, threads);
    clock.setRemoveOnCancelPolicy(true);
  }

  /// What a refusal says was not there, if that is what it says.
  static Optional<Refusal.InsufficientStock> lackOf(Refusal refusal) {
    Refusal of = refusal instanceof Refusal.PartRefused(_, Refusal part) ? part : refusal;
    return of instanceof Refusal.InsufficientStock lack ? Optional.of(lack) : Optional.empty();
  }

  /// Gives the same refusals for lack of stock in the same order to `answer`, with what could be
  /// found out: at once if there is nothing to look for, and soon otherwise.
  void explain(TenantId tenant, List<Refusal> refusals, Consumer<List<Refusal>> answer) {
    Set<Sku> skus = skusOf(refusals);
    if (skus.isEmpty()) {
      answer.accept(refusals);
    } else {
      var _ = look(tenant, skus).seen.thenAccept(seen -> answer.accept(explained(refusals, seen)));
    }
  }

  /// The same for one who was refused in a transaction of somebody else's, which is undone behind
  /// it. Nobody shares that look: it also sees what that transaction has written.
  static Refusal explain(Connection transaction, TenantId tenant, Refusal refusal) {
    Set<Sku> skus = skusOf(List.of(refusal));
    if (skus.isEmpty()) {
      return refusal;
    }
    try (RoundTrip trip = new RoundTrip(transaction)) {
      Transactions.limit(trip, LOOK_MAX);
      return explained(refusal, read(trip, tenant, skus));
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "a refusal goes without explanation", e);
      return refusal;
    }
  }

  private static Set<Sku> skusOf(List<Refusal> refusals) {
    return refusals.stream()
        .flatMap(refusal -> lackOf(refusal).stream())
        .flatMap(lack -> lack.shortages().stream())
        .filter(Explainer::mayHaveProspects)
        .map(Shortage::sku)
        .collect(Collectors.toSet());
  }

  /// What is sold is gone, wherever it was.
  private static boolean mayHaveProspects(Shortage shortage) {
    return shortage.location() != null || shortage.count().reserved() > 0;
  }

  private Look look(TenantId tenant, Set<Sku> skus) {
    if (looks.size() > TENANTS_MAX) {
      looks.values().removeIf(look -> !look.isFresh());
    }
    return looks.compute(
        tenant, (_, last) -> last != null && last.isFresh() ? last : begun(tenant, skus));
  }

  private Look begun(TenantId tenant, Set<Sku> skus) {
    Look look = new Look(new CompletableFuture<>(), System.nanoTime());
    Future<?> end =
        clock.schedule(
            () -> look.seen.complete(Seen.NOTHING), LOOK_MAX.toMillis(), TimeUnit.MILLISECONDS);
    looking.execute(
        () -> {
          look.seen.complete(seen(tenant, skus));
          end.cancel(false);
        });
    return look;
  }

  private Seen seen(TenantId tenant, Set<Sku> skus) {
    try (Borrowed borrowed = Borrowed.from(database);
        RoundTrip trip = new RoundTrip(borrowed.connection())) {
      Transactions.beginRead(trip, tenant, statementTimeout);
      return read(trip, tenant, skus);
    } catch (SQLException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "refusals go without explanation", e);
      return Seen.NOTHING;
    }
  }

  private static Seen read(RoundTrip trip, TenantId tenant, Set<Sku> skus) throws SQLException {
    Prospects.findExpiries(trip, tenant, Shortage.EXPIRIES_SEEN);
    Prospects.findLevels(trip, tenant, skus);
    trip.send();
    Expiries expiries = Prospects.expiries(trip);
    return new Seen(expiries, Prospects.levels(trip));
  }

  private static List<Refusal> explained(List<Refusal> refusals, Seen seen) {
    return refusals.stream().map(refusal -> explained(refusal, seen)).toList();
  }

  private static Refusal explained(Refusal refusal, Seen seen) {
    List<Shortage> shortages =
        lackOf(refusal).orElseThrow().shortages().stream()
            .map(each -> explained(each, seen))
            .toList();
    Refusal.InsufficientStock lack = new Refusal.InsufficientStock(shortages);
    return refusal instanceof Refusal.PartRefused(int index, _)
        ? new Refusal.PartRefused(index, lack)
        : lack;
  }

  private static Shortage explained(Shortage shortage, Seen seen) {
    return shortage.explained(
        seen.expiries.first(shortage.sku(), shortage.location()), elsewhere(shortage, seen.levels));
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

  /// Lets everybody be answered who waits; a look that takes longer is not waited for.
  @Override
  public void close() {
    looking.shutdown();
    clock.close();
  }
}
