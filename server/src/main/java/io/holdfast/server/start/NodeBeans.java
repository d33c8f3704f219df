package io.holdfast.server.start;

import io.holdfast.server.account.ConsoleSettings;
import io.holdfast.server.demo.Demonstration;
import io.holdfast.server.event.Arrivals;
import io.holdfast.server.identity.AccessTokens;
import io.holdfast.server.identity.Callers;
import io.holdfast.server.identity.SessionCookies;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.limit.Limits;
import io.holdfast.server.machine.Machines;
import io.holdfast.server.machine.Nonces;
import io.holdfast.server.oidc.Providers;
import io.holdfast.server.operations.AuditMetrics;
import io.holdfast.server.operations.LockServer;
import io.holdfast.server.origin.Proxies;
import io.holdfast.server.payment.Cashier;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.trail.TrailKeeper;
import io.holdfast.server.webhook.Destinations;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockReader;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/// Gives the modules what [Boot] has opened. It is closed there, too.
@Singleton
final class NodeBeans {

  @Produces
  @Singleton
  StockEngine engine() {
    return Node.running().engine();
  }

  @Produces
  @Singleton
  StockReader reader() {
    return Node.running().reader();
  }

  @Produces
  @Singleton
  Jdbi database() {
    return Node.running().database();
  }

  @Produces
  @Singleton
  TenantScope tenants() {
    return Node.running().tenants();
  }

  @Produces
  @Singleton
  AccessTokens accessTokens() {
    return Node.running().accessTokens();
  }

  @Produces
  @Singleton
  Callers callers() {
    return Node.running().callers();
  }

  @Produces
  @Singleton
  ConsoleSettings console() {
    return Node.running().console();
  }

  @Produces
  @Singleton
  Destinations webhooks() {
    return Node.running().webhooks();
  }

  @Produces
  @Singleton
  Cashier cashier() {
    return Node.running().cashier();
  }

  @Produces
  @Singleton
  SessionCookies cookies() {
    return Node.running().cookies();
  }

  @Produces
  @Singleton
  Limits limits() {
    return Node.running().limits();
  }

  @Produces
  @Singleton
  Proxies proxies() {
    return Node.running().edge().proxies();
  }

  @Produces
  @Singleton
  Machines machines() {
    return Node.running().machines();
  }

  @Produces
  @Singleton
  Nonces nonces() {
    return Node.running().nonces();
  }

  @Produces
  @Singleton
  Providers providers() {
    return Node.running().providers();
  }

  @Produces
  @Singleton
  AuditMetrics audits() {
    return Node.running().audits();
  }

  @Produces
  @Singleton
  Trail trail() {
    return Node.running().trail();
  }

  @Produces
  @Singleton
  TrailKeeper trailKeeper() {
    return Node.running().trailKeeper();
  }

  @Produces
  @Singleton
  Arrivals arrivals() {
    return Node.running().arrivals();
  }

  @Produces
  @Singleton
  Demonstration demonstration() {
    return Node.running().demonstration();
  }

  @Produces
  @Singleton
  LockServer lockServer() {
    return Node.running().lockServer();
  }
}
