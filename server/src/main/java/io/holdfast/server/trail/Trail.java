package io.holdfast.server.trail;

import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Writes who changed what, in the transaction of the change: both are there, or neither is.
public final class Trail {
  private final TrailMetrics metrics;

  public Trail(TrailMetrics metrics) {
    this.metrics = metrics;
  }

  /// Adds an entry of the request that this is called in.
  ///
  /// @param handle in a transaction of the tenant's
  public void add(Handle handle, TenantId tenant, Actor actor, Change change) {
    add(handle, tenant, actor, RequestOrigin.ofRequest(), change);
  }

  /// The same of something that was not asked for by a request.
  public void add(
      Handle handle, TenantId tenant, Actor actor, RequestOrigin origin, Change change) {
    Entries.add(handle, Entry.done(tenant, actor, origin, change));
    metrics.written(Entry.Outcome.DONE, 1);
  }

  /// Something that was done, by whom and for which request.
  public record Done(Actor actor, RequestOrigin origin, Change change) {}

  /// Adds the entries of many requests, for whoever takes part in the engine's transactions.
  public void addAll(Connection transaction, TenantId tenant, List<Done> all) throws SQLException {
    if (!all.isEmpty()) {
      List<Entry> entries = new ArrayList<>(all.size());
      for (Done done : all) {
        entries.add(Entry.done(tenant, done.actor(), done.origin(), done.change()));
      }
      Entries.add(transaction, entries);
      metrics.written(Entry.Outcome.DONE, entries.size());
    }
  }
}
