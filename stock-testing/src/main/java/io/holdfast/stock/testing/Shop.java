package io.holdfast.stock.testing;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Quarantines;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/// One tenant's shop on an engine, in the few words that a test needs.
public final class Shop {
  private static final Duration TTL = Duration.ofMinutes(15);

  private static final String LEVELS_HOLD =
      "SELECT FROM holdfast.stock_levels WHERE tenant_id = ? AND sku = ? FOR UPDATE";

  private final StockEngine engine;
  private final DataSource database;
  private final TenantId tenant;
  private final Call call;

  public Shop(StockEngine engine, DataSource database, TenantId tenant) {
    this.engine = engine;
    this.database = database;
    this.tenant = tenant;
    this.call = Call.by(tenant, new Actor("tester")).withPatience(Duration.ofSeconds(30));
  }

  public TenantId tenant() {
    return tenant;
  }

  public Call call() {
    return call;
  }

  public Call call(String key) {
    return call.withKey(new IdempotencyKey(key));
  }

  /// Makes known what is sold here, tracked.
  public Shop sells(String... skus) throws SQLException {
    return register(true, skus);
  }

  public Shop sellsUntracked(String... skus) throws SQLException {
    return register(false, skus);
  }

  private Shop register(boolean tracked, String... skus) throws SQLException {
    List<Sku> items = Arrays.stream(skus).map(Sku::new).toList();
    inTenant((register, connection) -> register.addItems(connection, tenant, items, tracked));
    return this;
  }

  /// Makes an item known and receives stock of it.
  public Shop stocks(String sku, long quantity) throws SQLException {
    sells(sku);
    outcome(receive(sku, quantity));
    return this;
  }

  /// Opens a location and receives stock of a known item there.
  public Shop stocksAt(String location, int priority, String sku, long quantity)
      throws SQLException {
    opens(location, priority).sells(sku);
    outcome(new Command.Receive(new Sku(sku), new LocationId(location), quantity, null));
    return this;
  }

  public Shop opens(String location, int priority) throws SQLException {
    LocationId id = new LocationId(location);
    inTenant((register, connection) -> register.addLocation(connection, tenant, id, priority));
    return this;
  }

  public Shop chooses(StockPolicy policy) throws SQLException {
    inTenant((register, connection) -> register.setPolicy(connection, tenant, policy));
    return this;
  }

  public Shop limits(PurchaseLimit limit) throws SQLException {
    inTenant((register, connection) -> register.setLimit(connection, tenant, limit, null));
    return this;
  }

  @FunctionalInterface
  private interface Registration {
    void on(StockRegister register, Connection connection) throws SQLException;
  }

  private void inTenant(Registration registration) throws SQLException {
    StockRegister register = StockRegister.create();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      register.setTenant(connection, tenant);
      registration.on(register, connection);
      connection.commit();
    }
  }

  public CompletableFuture<Answer> submit(Command command) {
    return submit(command, call);
  }

  public CompletableFuture<Answer> submit(Command command, Call as) {
    return engine.submit(command, as).toCompletableFuture();
  }

  /// Waits for the outcome, however long the engine's own limits let it take.
  public Outcome outcome(Command command) {
    return submit(command).join().outcome();
  }

  public Answer answer(Command command, Call as) {
    return submit(command, as).join();
  }

  /// Reserves and expects to get it.
  public ReservationId reserved(Line... lines) {
    return ((Outcome.Reserved) outcome(reserve(lines))).reservation();
  }

  /// At the item's first level, which is the main one unless there are others.
  public StockCount count(String sku) {
    return levels(sku).values().iterator().next();
  }

  public StockCount count(String sku, String location) {
    return Objects.requireNonNull(levels(sku).get(location));
  }

  /// By location.
  public SortedMap<String, StockCount> levels(String sku) {
    SortedMap<String, StockCount> levels = new TreeMap<>();
    StockReader.of(database)
        .item(tenant, new Sku(sku))
        .orElseThrow()
        .levels()
        .forEach(level -> levels.put(level.location().value(), level.count()));
    return levels;
  }

  /// As the auditor does with the level at the main location; answers since when.
  public Instant quarantines(String sku, String reason) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Transactions.setTenant(connection, tenant);
      hold(connection, sku);
      Instant now;
      try (RoundTrip trip = new RoundTrip(connection)) {
        trip.add(Transactions.CLOCK_READ);
        trip.send();
        now = Transactions.clock(trip);
      }
      try (RoundTrip trip = new RoundTrip(connection)) {
        StockCount count = count(sku, LocationId.MAIN.value());
        Quarantines.quarantine(
            trip, tenant, new Quarantines.Found(sku, LocationId.MAIN.value(), count, reason, now));
        trip.send();
      }
      connection.commit();
      return now;
    }
  }

  /// Holds the item's levels in a transaction of somebody else's, until that ends.
  public void hold(Connection stranger, String sku) throws SQLException {
    stranger.setAutoCommit(false);
    try (PreparedStatement lock = stranger.prepareStatement(LEVELS_HOLD)) {
      lock.setLong(1, tenant.value());
      lock.setString(2, sku);
      lock.execute();
    }
  }

  public static Command.Reserve reserve(Line... lines) {
    return new Command.Reserve(List.of(lines), TTL, null);
  }

  public static Command.Reserve reserveFor(Duration ttl, Line... lines) {
    return new Command.Reserve(List.of(lines), ttl, null);
  }

  public static Command.Purchase purchase(Line... lines) {
    return new Command.Purchase(List.of(lines), null);
  }

  public static Command.Receive receive(String sku, long quantity) {
    return new Command.Receive(new Sku(sku), LocationId.MAIN, quantity, null);
  }

  public static Command.Adjust adjust(String sku, long change) {
    return new Command.Adjust(new Sku(sku), LocationId.MAIN, change, new Reason("counted again"));
  }
}
