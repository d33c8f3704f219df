package io.holdfast.server.bench.rows;

import io.holdfast.server.catalog.CatalogItem;
import io.holdfast.server.catalog.CatalogItems;
import io.holdfast.server.catalog.ItemDetails;
import io.holdfast.server.catalog.ItemName;
import io.holdfast.server.catalog.Money;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// The bench's own tenant, and items of it with more stock than a run can reserve.
public final class Stockroom {
  public static final TenantId TENANT = new TenantId(1_000_000);
  public static final Call CALL =
      Call.by(TENANT, new Actor("bench")).withPatience(Duration.ofMinutes(1));

  /// So many are made once: no two orders meet at one of them often enough to tell.
  private static final int SHARED_FROM = 1_000;

  private final DataSource database;
  private final Map<Integer, List<String>> shared = new HashMap<>();
  private int made;

  private Stockroom(DataSource database) {
    this.database = database;
  }

  /// @param database with the application's rights
  public static Stockroom open(DataSource database) throws SQLException {
    StockRegister register = StockRegister.create();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      register.setTenant(connection, TENANT);
      register.addLocation(connection, TENANT, LocationId.MAIN);
      connection.commit();
    }
    return new Stockroom(database);
  }

  /// Few items are new ones; many are the same each time.
  public List<String> items(int count) throws SQLException {
    if (count < SHARED_FROM) {
      return make(count);
    }
    List<String> known = shared.get(count);
    if (known == null) {
      known = make(count);
      shared.put(count, known);
    }
    return known;
  }

  /// The same, for sale: the catalogue has them at a price.
  public List<String> priced(int count) throws SQLException {
    List<String> skus = items(count);
    ItemDetails details = ItemDetails.of(new ItemName("Bench")).at(new Money(100, "EUR"));
    List<CatalogItem> items =
        skus.stream().map(sku -> new CatalogItem(new Sku(sku), true, details)).toList();
    Jdbi.create(database)
        .useTransaction(
            handle -> {
              TenantScope.set(handle, TENANT);
              CatalogItems.addAll(handle, TENANT, items, true);
            });
    return skus;
  }

  private List<String> make(int count) throws SQLException {
    made++;
    List<String> skus =
        IntStream.range(0, count).mapToObj(i -> String.format("BENCH-%d-%05d", made, i)).toList();
    StockRegister register = StockRegister.create();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      register.setTenant(connection, TENANT);
      register.addItems(connection, TENANT, skus.stream().map(Sku::new).toList(), true);
      connection.commit();
    }
    EngineSettings settings =
        EngineSettings.of(Control.COMBINED).with().sweepInterval(Duration.ZERO).build();
    try (StockEngine engine = StockEngine.open(database, settings)) {
      List<CompletableFuture<Answer>> received =
          skus.stream()
              .map(
                  sku ->
                      new Command.Receive(new Sku(sku), LocationId.MAIN, Line.MAX_QUANTITY, null))
              .map(receive -> engine.submit(receive, CALL).toCompletableFuture())
              .toList();
      received.forEach(CompletableFuture::join);
    }
    return skus;
  }
}
