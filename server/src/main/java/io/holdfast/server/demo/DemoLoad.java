package io.holdfast.server.demo;

import io.holdfast.server.catalog.CatalogItem;
import io.holdfast.server.catalog.CatalogItems;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Fills a shop once. Every step has one effect however often it is done, so a start that was cut
/// short, or two nodes that start at once, end with the same stock.
final class DemoLoad {
  private static final Actor ACTOR = new Actor("demonstration");
  private static final Reason REASON = new Reason("opening stock of the demonstration");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TenantScope tenants;
  private final StockEngine engine;
  private final Trail trail;

  DemoLoad(TenantScope tenants, StockEngine engine, Trail trail) {
    this.tenants = tenants;
    this.engine = engine;
    this.trail = trail;
  }

  void ensure(TenantId tenant, DemoShop shop) {
    if (tenants.inTransaction(tenant, handle -> Demonstrations.isLoaded(handle, tenant))) {
      return;
    }
    addItems(tenant, shop);
    receive(tenant, shop);
    tenants.inTransaction(
        tenant,
        handle -> {
          if (Demonstrations.add(handle, tenant) == 1) {
            tell(handle, tenant, shop);
          }
          return shop;
        });
  }

  private void addItems(TenantId tenant, DemoShop shop) {
    try {
      tenants.inTransaction(
          tenant,
          handle -> {
            shop.items().stream()
                .collect(Collectors.partitioningBy(CatalogItem::tracked))
                .forEach((tracked, items) -> add(handle, tenant, items, tracked));
            return true;
          });
    } catch (IllegalStateException e) {
      throw new IllegalStateException("the items of " + shop.slug() + " were not added", e);
    }
  }

  private static void add(
      Handle handle, TenantId tenant, List<CatalogItem> items, boolean tracked) {
    if (items.isEmpty()) {
      return;
    }
    try {
      CatalogItems.addAll(handle, tenant, items, tracked);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Once for all of them: ten thousand entries would tell no more.
  private void tell(Handle handle, TenantId tenant, DemoShop shop) {
    RequestOrigin origin = RequestOrigin.ofNode();
    origin.asksFor("loadDemonstration");
    State state = State.of("items", shop.items().size()).and("units_of_each", shop.units());
    trail.add(
        handle,
        tenant,
        ACTOR,
        origin,
        new Change(new Subject("demonstration", shop.slug()), null, state));
  }

  private void receive(TenantId tenant, DemoShop shop) {
    List<CompletableFuture<Answer>> receipts =
        shop.items().stream()
            .filter(CatalogItem::tracked)
            .map(item -> receive(tenant, item, shop.units()))
            .toList();
    for (CompletableFuture<Answer> receipt : receipts) {
      if (!(receipt.join().outcome() instanceof Outcome.Received)) {
        throw new IllegalStateException(
            "the demonstration's stock was refused: " + receipt.join().outcome());
      }
    }
  }

  private CompletableFuture<Answer> receive(TenantId tenant, CatalogItem item, long units) {
    Call call =
        Call.by(tenant, ACTOR)
            .withKey(new IdempotencyKey("demonstration-" + item.sku()))
            .withPatience(PATIENCE);
    return engine
        .submit(new Command.Receive(item.sku(), LocationId.MAIN, units, REASON), call)
        .toCompletableFuture();
  }
}
