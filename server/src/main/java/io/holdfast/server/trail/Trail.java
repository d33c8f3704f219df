package io.holdfast.server.trail;

import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
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
  public void add(Handle handle, TenantId tenant, Actor actor, Change change) throws SQLException {
    add(handle, tenant, actor, RequestOrigin.ofRequest(), change);
  }

  /// The same of something that was not asked for by a request.
  public void add(Handle handle, TenantId tenant, Actor actor, RequestOrigin origin, Change change)
      throws SQLException {
    Entry entry = Entry.done(tenant, actor, origin, change);
    Entries.add(handle.getConnection(), List.of(entry));
    metrics.written(Entry.Outcome.DONE, 1);
  }
}
