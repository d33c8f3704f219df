package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StockReaderTest {
  private final TestDatabase database = TestDatabase.shared();

  @Test
  void waitsNoLongerThanItMay() throws SQLException {
    TenantId tenant = database.newTenant();
    StockReader reader = StockReader.of(database.pool(), Duration.ofMillis(100));
    try (Connection stranger = database.connectAsSuperuser();
        Statement statement = stranger.createStatement()) {
      stranger.setAutoCommit(false);
      statement.execute(
          "LOCK TABLE holdfast.items, holdfast.reservations IN ACCESS EXCLUSIVE MODE");
      assertTimesOut(() -> reader.item(tenant, new Sku("tea")));
      assertTimesOut(() -> reader.itemAsOf(tenant, new Sku("tea"), Instant.EPOCH));
      assertTimesOut(
          () ->
              reader.movements(
                  tenant,
                  new Sku("tea"),
                  LocationId.MAIN,
                  MovementPaging.first(MovementPaging.Order.NEWEST_FIRST, 1)));
      assertTimesOut(() -> reader.reservation(tenant, new ReservationId(UUID.randomUUID())));
      stranger.rollback();
    }
  }

  private static void assertTimesOut(Executable reading) {
    StockFailure failure = assertThrows(StockFailure.class, reading);
    assertEquals(StockFailure.Code.STATEMENT_TIMEOUT, failure.code());
  }
}
