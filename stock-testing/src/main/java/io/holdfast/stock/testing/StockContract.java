package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.StockVerifier.Difference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The ground on which the contract's tests stand: an engine of the control under test, a tenant of
/// the test's own, and after every test the invariants over all of that tenant's rows.
public abstract class StockContract {
  private static final int RETRIES = 10_000;

  protected final TestDatabase database = TestDatabase.shared();
  private StockEngine engine;
  private Shop shop;

  /// Filled in by [#open()], which runs before each test.
  @SuppressWarnings("NullAway.Init")
  protected StockContract() {}

  protected abstract Control control();

  /// What the control cannot be without.
  protected EngineSettings usual() {
    return EngineSettings.of(control());
  }

  /// The contract is about what a control answers, so none gives up because others were faster.
  protected EngineSettings settings() {
    return usual().with().maxRetries(RETRIES).build();
  }

  /// Without a sweeper, whose transactions would come in between.
  protected final EngineSettings quiet() {
    return settings().with().sweepInterval(Duration.ZERO).build();
  }

  /// What is held to the contract; something that decides as an engine does, for one.
  protected StockEngine engineOn(DataSource dataSource, EngineSettings settings) {
    return StockEngine.open(dataSource, settings);
  }

  @BeforeEach
  final void open() throws SQLException {
    engine = engineOn(database.pool(), settings());
    shop = new Shop(engine, database.pool(), database.newTenant());
  }

  @AfterEach
  final void closeAndVerify() throws SQLException {
    engine.close();
    assertEquals(List.of(), differences(), "what the tables claim is what they add up to");
  }

  protected final List<Difference> differences() throws SQLException {
    try (Connection connection = database.connect()) {
      return StockVerifier.create().verifyTenant(connection, shop.tenant());
    }
  }

  protected final Shop shop() {
    return shop;
  }

  protected final StockEngine engine() {
    return engine;
  }

  protected static <T> T only(Class<T> type, Object outcome) {
    return assertInstanceOf(type, outcome);
  }
}
