package io.holdfast.server.trail;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.rounds.Rounds;
import io.holdfast.server.trail.Refusals.Kind;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// What a node does for the trail in the background: it writes refusals and seals entries. What
/// can't be done now, because the database is away, is left to the next round.
public final class TrailKeeper implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TrailKeeper.class);
  private static final long ROUND_MILLIS = 1_000;
  private static final int ROUNDS_BETWEEN_FLUSHES = 5;

  private final TenantScope tenants;
  private final TrailMetrics metrics;
  private final Sealer sealer;
  private final Refusals refusals = new Refusals();
  private final Rounds rounds;

  private TrailKeeper(Jdbi database, TenantScope tenants, TrailMetrics metrics) {
    this.tenants = tenants;
    this.metrics = metrics;
    this.sealer = new Sealer(database, tenants, metrics);
    this.rounds = Rounds.begin("holdfast-trail", ROUND_MILLIS, LOG, new Keeping());
  }

  /// Begins; closing it writes and seals what there is, and ends it.
  public static TrailKeeper open(Jdbi database, TenantScope tenants, TrailMetrics metrics) {
    return new TrailKeeper(database, tenants, metrics);
  }

  /// Notes that somebody was refused for lack of rights. Waits for nothing.
  void refused(TenantId tenant, Actor actor, RequestOrigin origin, Subject subject) {
    Kind kind =
        new Kind(
            tenant,
            actor.name(),
            origin.operation(),
            origin.address(),
            origin.lacking().orElse(null));
    refusals.add(kind, origin.id(), subject);
  }

  private final class Keeping implements Rounds.Work {
    private int round;

    @Override
    public void round(boolean isLast) {
      round++;
      if (isLast || round % ROUNDS_BETWEEN_FLUSHES == 0) {
        flush();
      }
      sealer.round();
    }

    @Override
    public String failed() {
      metrics.failed();
      return "The trail could not be written or sealed";
    }
  }

  private void flush() {
    Refusals.Taken taken = refusals.take();
    if (taken.dropped() > 0) {
      metrics.dropped(taken.dropped());
      LOG.warnf(
          "The trail lacks %d refusals: more than %d that differ came within seconds",
          taken.dropped(), Refusals.MAX_KINDS);
    }
    List<Entry> unwritten = new ArrayList<>(taken.entries());
    try {
      for (Map.Entry<TenantId, List<Entry>> ofTenant : byTenant(taken.entries()).entrySet()) {
        write(ofTenant.getKey(), ofTenant.getValue());
        unwritten.removeAll(ofTenant.getValue());
      }
    } finally {
      refusals.giveBack(unwritten);
    }
  }

  private static Map<TenantId, List<Entry>> byTenant(List<Entry> entries) {
    Map<TenantId, List<Entry>> byTenant = new LinkedHashMap<>();
    entries.forEach(
        entry -> byTenant.computeIfAbsent(entry.tenant(), _ -> new ArrayList<>()).add(entry));
    return byTenant;
  }

  private void write(TenantId tenant, List<Entry> entries) {
    tenants.inTransaction(
        tenant,
        handle -> {
          entries.forEach(entry -> Entries.add(handle, entry));
          return entries.size();
        });
    metrics.written(Entry.Outcome.FORBIDDEN, entries.size());
  }

  /// What is not written by then is said to be lost.
  @Override
  public void close() {
    rounds.close();
    long lost = refusals.take().entries().stream().mapToLong(Entry::times).sum();
    if (lost > 0) {
      LOG.warnf("The trail lacks %d refusals: they could not be written before the stop", lost);
    }
  }
}
