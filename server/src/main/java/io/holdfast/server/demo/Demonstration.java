package io.holdfast.server.demo;

import io.holdfast.server.identity.ApiKey;
import io.holdfast.server.identity.Credentials;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.identity.Tenants;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What of the demonstration this node has.
///
/// @param keys by the tenant's slug
/// @param ticketOffice whose tickets the plain routes sell; empty without a demonstration
/// @param isOpen whether page and plain routes are answered without a credential
public record Demonstration(
    Map<String, ApiKey> keys, Optional<TenantId> ticketOffice, boolean isOpen) {
  /// What the ticket office sells.
  public static final Sku TICKET = new Sku("concert-ticket-a");

  public Demonstration {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  public static Demonstration none() {
    return new Demonstration(Map.of(), Optional.empty(), false);
  }

  /// Makes the tenants, their keys and their stock, as far as they are missing.
  public static Demonstration ensure(
      Handle owner,
      TenantScope tenants,
      StockEngine engine,
      Trail trail,
      Credentials credentials,
      boolean isLoopback)
      throws IOException, SQLException {
    Map<String, ApiKey> keys = new LinkedHashMap<>();
    Map<String, TenantId> ids = new LinkedHashMap<>();
    for (DemoShop shop : DemoShop.all()) {
      TenantId tenant =
          owner.inTransaction(handle -> Tenants.ensure(handle, shop.slug(), shop.name()));
      ids.put(shop.slug(), tenant);
      keys.put(
          shop.slug(),
          owner.inTransaction(handle -> credentials.ensure(handle, shop.slug(), tenant)));
    }
    DemoLoad load = new DemoLoad(tenants, engine, trail);
    DemoShop.all().forEach(shop -> load.ensure(tenant(ids, shop), shop));
    return new Demonstration(keys, Optional.of(tenant(ids, DemoShop.TICKET_OFFICE)), isLoopback);
  }

  private static TenantId tenant(Map<String, TenantId> ids, DemoShop shop) {
    return Optional.ofNullable(ids.get(shop.slug())).orElseThrow();
  }
}
