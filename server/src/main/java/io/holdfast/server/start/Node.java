package io.holdfast.server.start;

import io.holdfast.server.account.ConsoleSettings;
import io.holdfast.server.demo.Demonstration;
import io.holdfast.server.event.Arrivals;
import io.holdfast.server.identity.AccessTokens;
import io.holdfast.server.identity.ApiKey;
import io.holdfast.server.identity.Callers;
import io.holdfast.server.identity.SessionCookies;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.limit.Limits;
import io.holdfast.server.machine.Machines;
import io.holdfast.server.machine.Nonces;
import io.holdfast.server.oidc.Providers;
import io.holdfast.server.operations.AuditMetrics;
import io.holdfast.server.operations.LockServer;
import io.holdfast.server.payment.Cashier;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.trail.TrailKeeper;
import io.holdfast.server.webhook.Destinations;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockReader;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Everything that was opened before HTTP starts, for the modules to be given.
record Node(
    StockEngine engine,
    StockReader reader,
    Jdbi database,
    TenantScope tenants,
    AccessTokens accessTokens,
    Callers callers,
    Limits limits,
    Machines machines,
    Nonces nonces,
    Providers providers,
    Demonstration demonstration,
    LockServer lockServer,
    AuditMetrics audits,
    Trail trail,
    TrailKeeper trailKeeper,
    Arrivals arrivals,
    Map<String, ApiKey> keys,
    EdgeOptions edge,
    ConsoleSettings console,
    Destinations webhooks,
    Cashier cashier,
    SessionCookies cookies) {

  private static @Nullable Node running;

  /// The container makes its beans by itself, so this is where they find what was made before.
  static void handOver(Node node) {
    running = node;
  }

  static Node running() {
    Node node = running;
    if (node == null) {
      throw new IllegalStateException("no node was opened");
    }
    return node;
  }
}
