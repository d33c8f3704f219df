package io.holdfast.server.trail;

import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
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
}
