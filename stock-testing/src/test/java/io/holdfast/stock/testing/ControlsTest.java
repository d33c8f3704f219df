package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What is not the same under all controls: how many give up, and which one a tenant has.
class ControlsTest {
  private static final int BUYERS = 400;

  private final TestDatabase database = TestDatabase.shared();

  @Test
  void whoWasTooSlowTooOftenIsToldBusyAndNothingTookEffect() throws SQLException {
    Watch watch = new Watch();
    EngineSettings settings =
        EngineSettings.of(Control.OPTIMISTIC).with().maxRetries(0).observer(watch).build();
    try (StockEngine engine = StockEngine.open(database.pool(), settings)) {
      Shop shop = new Shop(engine, database.pool(), database.newTenant());
      shop.stocks("ticket", 1_000);
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < BUYERS; i++) {
        answers.add(shop.submit(purchase(Line.of("ticket", 1))));
      }
      int sold = 0;
      for (CompletableFuture<Answer> answer : answers) {
        sold += isSold(answer) ? 1 : 0;
      }
      assertTrue(sold < BUYERS, "nobody met anybody");
      assertEquals(BUYERS - sold, watch.changed.get() + watch.conflicts.get());
      assertEquals(1_000 - sold, shop.count("ticket").onHand());
      verify(shop.tenant());
    }
  }

  private static boolean isSold(CompletableFuture<Answer> answer) {
    try {
      return answer.join().outcome() instanceof Outcome.Purchased;
    } catch (CompletionException e) {
      StockFailure failure = assertInstanceOf(StockFailure.class, e.getCause());
      assertEquals(StockFailure.Code.CONFLICT_PERSISTS, failure.code());
      assertEquals(StockFailure.Category.BUSY, failure.category());
      return false;
    }
  }

  @Test
  void eachTenantHasTheControlThatWasChosenForIt() throws SQLException {
    TenantId usual = database.newTenant();
    Map<TenantId, Control> chosen = new HashMap<>();
    for (Control control : List.of(Control.CONDITIONAL, Control.SERIALIZABLE, Control.OPTIMISTIC)) {
      chosen.put(database.newTenant(), control);
    }
    EngineSettings settings =
        EngineSettings.of(Control.COMBINED).with().tenantControls(chosen).build();
    assertEquals(4, settings.controls().size());
    assertEquals(2, settings.under(Control.OPTIMISTIC).workers());
    assertEquals(3, settings.under(Control.OPTIMISTIC).maxRetries());
    try (StockEngine engine = StockEngine.open(database.pool(), settings)) {
      List<TenantId> tenants = new ArrayList<>(chosen.keySet());
      tenants.add(usual);
      for (TenantId tenant : tenants) {
        Shop shop = new Shop(engine, database.pool(), tenant);
        shop.stocks("ticket", 10);
        for (int i = 0; i < 10; i++) {
          assertTrue(isSold(shop.submit(purchase(Line.of("ticket", 1)))));
        }
        assertEquals(0, shop.count("ticket").onHand());
        verify(tenant);
      }
    }
  }

  private void verify(TenantId tenant) throws SQLException {
    try (Connection connection = database.connect()) {
      assertEquals(List.of(), StockVerifier.create().verifyTenant(connection, tenant));
    }
  }

  private static final class Watch implements EngineObserver {
    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();

    @Override
    public void retried(Retry why) {
      if (why == Retry.CHANGED) {
        changed.incrementAndGet();
      } else if (why == Retry.CONFLICT) {
        conflicts.incrementAndGet();
      }
    }
  }
}
