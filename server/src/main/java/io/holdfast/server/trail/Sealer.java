package io.holdfast.server.trail;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Chains what was written, tenant after tenant. Every node does so; of two that come at once, one
/// passes by.
///
/// What is to be sealed is read from a list that a row leaves in the transaction that seals its
/// entry. So an entry that commits late is sealed late, and none is passed over or sealed twice:
/// nothing is concluded from the order of ids or instants, which is not that of commits.
final class Sealer {
  /// In one transaction, so that none lasts long.
  private static final int MAX_AT_ONCE = 500;

  private final Jdbi database;
  private final TenantScope tenants;
  private final TrailMetrics metrics;
  private final SealHash hash = new SealHash();

  Sealer(Jdbi database, TenantScope tenants, TrailMetrics metrics) {
    this.database = database;
    this.tenants = tenants;
    this.metrics = metrics;
  }

  /// Seals what has been committed so far.
  void round() {
    List<Seals.Waiting> waiting = database.withHandle(Seals::waiting);
    metrics.unsealedSince(
        waiting.stream().flatMap(one -> one.since().stream()).min(Instant::compareTo));
    waiting.forEach(one -> sealAll(one.tenant()));
  }

  private void sealAll(TenantId tenant) {
    int sealed = MAX_AT_ONCE;
    while (sealed == MAX_AT_ONCE) {
      sealed = tenants.inTransaction(tenant, handle -> sealSome(handle, tenant));
    }
  }

  private int sealSome(Handle handle, TenantId tenant) {
    Optional<Seals.Head> head = Seals.lock(handle, tenant);
    if (head.isEmpty()) {
      return 0;
    }
    List<StoredEntry> entries = Seals.unsealed(handle, tenant, MAX_AT_ONCE);
    if (!entries.isEmpty()) {
      Seals.add(handle, tenant, chained(tenant, head.get(), entries, Seals.clock(handle)));
    }
    return entries.size();
  }

  private List<Seals.Seal> chained(
      TenantId tenant, Seals.Head head, List<StoredEntry> entries, Instant now) {
    List<Seals.Seal> seals = new ArrayList<>(entries.size());
    long sequence = head.sequence();
    byte[] previous = head.hash();
    for (StoredEntry entry : entries) {
      sequence++;
      previous = hash.next(previous, tenant, sequence, now, entry);
      seals.add(new Seals.Seal(sequence, entry.id(), now, previous));
    }
    return seals;
  }
}
