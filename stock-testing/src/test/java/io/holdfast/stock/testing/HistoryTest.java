package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.adjust;
import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.ItemAsOf;
import io.holdfast.stock.ItemView;
import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.MovementPaging.Order;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the ledger tells of a level: how its balances came about, and what they were when.
class HistoryTest {
  private static final Sku TEA = new Sku("tea");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static final String MOVEMENT_INSERT =
      """
      INSERT INTO holdfast.movements
          (tenant_id, position, on_hand_change, reserved_change, on_hand_after, reserved_after,
           recorded_at, kind, sku, location, actor, hash)
      VALUES (?, ?, 1, 0, ?, 0, timestamptz 'epoch' + ? * interval '1 second', 'receive', 'tea',
          'main', 'x', '')""";

  private final TestDatabase database = TestDatabase.shared();
  private final StockReader reader = StockReader.of(database.pool());
  private final StockEngine engine =
      StockEngine.open(database.pool(), EngineSettings.of(Control.COMBINED));
  private final TenantId tenant;
  private final Shop shop;

  HistoryTest() throws SQLException {
    tenant = database.newTenant();
    shop = new Shop(engine, database.pool(), tenant);
  }

  @BeforeEach
  void sellsTea() throws SQLException {
    shop.sells("tea");
  }

  @AfterEach
  void closes() {
    engine.close();
  }

  @Test
  void tellsWhoChangedWhatWhyAndForWhom() {
    shop.outcome(receive("tea", 10));
    ReservationId reservation = shop.reserved(Line.of("tea", 3));
    shop.outcome(new Command.Commit(reservation));
    shop.outcome(adjust("tea", -2));
    List<MovementView> movements = page(first(Order.OLDEST_FIRST, 100)).movements();
    assertEquals(
        List.of("receive", "reserve", "commit", "adjust"),
        movements.stream().map(MovementView::kind).toList());
    assertEquals(
        List.of(
            new StockCount(10, 0, 1),
            new StockCount(10, 3, 2),
            new StockCount(7, 0, 3),
            new StockCount(5, 0, 4)),
        movements.stream().map(MovementView::after).toList());
    assertTrue(movements.stream().allMatch(movement -> movement.actor().equals("tester")));
    assertEquals("counted again", movements.getLast().reason());
    assertNull(movements.getFirst().reason());
    assertNull(movements.getFirst().reservation());
    assertEquals(reservation, movements.get(1).reservation());
    assertEquals(reservation, movements.get(2).reservation());
    assertBalancesAddUp(movements);
  }

  @ParameterizedTest
  @EnumSource
  void pagesSkipAndRepeatNothingWhileOthersBuy(Order order) {
    shop.outcome(receive("tea", 1_000));
    for (int i = 0; i < 50; i++) {
      shop.outcome(purchase(Line.of("tea", 1)));
    }
    List<Long> versions = new ArrayList<>();
    MovementPaging paging = first(order, 7);
    for (LevelHistory.Page page = page(paging); ; page = page(paging)) {
      page.movements().forEach(movement -> versions.add(movement.after().version()));
      if (!page.hasMore() || versions.size() >= 120) {
        break;
      }
      paging = paging.after(versions.getLast());
      for (int i = 0; i < 5; i++) {
        shop.outcome(purchase(Line.of("tea", 1)));
      }
    }
    List<Long> expected =
        switch (order) {
          case NEWEST_FIRST -> LongStream.rangeClosed(1, 51).map(i -> 52 - i).boxed().toList();
          case OLDEST_FIRST -> LongStream.rangeClosed(1, versions.size()).boxed().toList();
        };
    assertEquals(expected, versions);
    assertTrue(versions.size() >= 51);
  }

  @Test
  void saysWhichPartOfALevelsNameNobodyKnows() throws SQLException {
    MovementPaging paging = first(Order.NEWEST_FIRST, 10);
    LocationId nowhere = new LocationId("nowhere");
    assertEquals(new LevelHistory.Page(List.of(), false, 0), page(paging));
    assertEquals(
        new LevelHistory.UnknownItem(new Sku("gold")),
        reader.movements(tenant, new Sku("gold"), nowhere, paging));
    assertEquals(
        new LevelHistory.UnknownLocation(nowhere), reader.movements(tenant, TEA, nowhere, paging));
    shop.outcome(receive("tea", 1));
    TenantId other = database.newTenant();
    assertEquals(
        new LevelHistory.UnknownItem(TEA), reader.movements(other, TEA, LocationId.MAIN, paging));
    assertEquals(Optional.empty(), reader.itemAsOf(other, TEA, Instant.now()));
  }

  @Test
  void refusesAPageThatCanNotBe() {
    assertThrows(IllegalArgumentException.class, () -> first(Order.NEWEST_FIRST, 0));
    assertThrows(IllegalArgumentException.class, () -> first(Order.NEWEST_FIRST, 1_001));
    MovementPaging paging = first(Order.NEWEST_FIRST, 1);
    assertThrows(IllegalArgumentException.class, () -> paging.after(-1));
  }

  @Test
  void answersTheStateOfAnyInstantBeforeBetweenAndAfter() {
    Instant received = received(shop.outcome(receive("tea", 10)));
    Instant adjusted = ((Outcome.Adjusted) shop.outcome(adjust("tea", -4))).at();
    assertEquals(List.of(), asOf(received.minusNanos(1_000)).levels());
    assertEquals(10, onHand(received));
    assertEquals(10, onHand(adjusted.minusNanos(1_000)));
    assertEquals(6, onHand(adjusted));
    assertEquals(6, onHand(adjusted.plusNanos(999)));
    assertTrue(asOf(received).tracked());
    assertEquals(List.of(), asOf(Instant.MIN).levels());
    assertEquals(asOf(Instant.MAX), reader.item(tenant, TEA).orElseThrow());
  }

  @Test
  void knowsByTheDatabasesClockWhichInstantsAreYetToCome() {
    Instant received = received(shop.outcome(receive("tea", 1)));
    ItemAsOf past = reader.itemAsOf(tenant, TEA, received).orElseThrow();
    assertFalse(past.isYetToCome());
    assertTrue(
        reader.itemAsOf(tenant, TEA, past.readAt().plusSeconds(60)).orElseThrow().isYetToCome());
  }

  @Test
  void findsEachOfManyMovementsByItsInstant() throws SQLException {
    shop.outcome(receive("tea", 1));
    ledgerOf(LongStream.rangeClosed(2, 300).map(i -> i * 10).toArray());
    for (long second = 20; second < 3_000; second += 5) {
      assertEquals(second / 10, onHand(NOON.plusSeconds(second)), "after " + second + " seconds");
    }
    assertEquals(300, onHand(NOON.plus(Duration.ofDays(1))));
  }

  /// From the 10th to the 20th minute twice, then on.
  @Test
  void aClockThatWasSteppedBackBlursOnlyTheTimeThatCameTwice() throws SQLException {
    shop.outcome(receive("tea", 1));
    long[] minutes = {1, 5, 10, 15, 20, 11, 14, 18, 25, 30};
    ledgerOf(LongStream.of(minutes).map(minute -> minute * 60).toArray());
    assertEquals(2, onHand(NOON.plus(Duration.ofMinutes(4))));
    assertEquals(4, onHand(NOON.plus(Duration.ofMinutes(10))));
    long blurred = onHand(NOON.plus(Duration.ofMinutes(16)));
    assertTrue(blurred == 5 || blurred == 8, () -> "it was 5, and then 8, not " + blurred);
    assertEquals(9, onHand(NOON.plus(Duration.ofMinutes(20))));
    assertEquals(10, onHand(NOON.plus(Duration.ofMinutes(25))));
    assertEquals(11, onHand(NOON.plus(Duration.ofMinutes(31))));
  }

  /// Movements 2, 3, ... of tea, so many seconds after noon; each leaves its own number on hand.
  private void ledgerOf(long... seconds) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        PreparedStatement insert = superuser.prepareStatement(MOVEMENT_INSERT)) {
      superuser.setAutoCommit(false);
      try (PreparedStatement past =
          superuser.prepareStatement("SET LOCAL session_replication_role = replica")) {
        past.execute();
      }
      try (PreparedStatement first =
          superuser.prepareStatement(
              "UPDATE holdfast.movements SET recorded_at = '2026-11-22T12:00Z'"
                  + " WHERE tenant_id = ?")) {
        first.setLong(1, tenant.value());
        first.execute();
      }
      for (int i = 0; i < seconds.length; i++) {
        insert.setLong(1, tenant.value());
        insert.setLong(2, i + 2);
        insert.setLong(3, i + 2);
        insert.setLong(4, NOON.getEpochSecond() + seconds[i]);
        insert.addBatch();
      }
      insert.executeBatch();
      superuser.commit();
    }
  }

  private static void assertBalancesAddUp(List<MovementView> oldestFirst) {
    StockCount before = new StockCount(0, 0, 0);
    for (MovementView movement : oldestFirst) {
      StockCount after = movement.after();
      assertEquals(before.onHand() + movement.onHandChange(), after.onHand());
      assertEquals(before.reserved() + movement.reservedChange(), after.reserved());
      assertEquals(before.version() + 1, after.version());
      before = after;
    }
  }

  private static MovementPaging first(Order order, int limit) {
    return MovementPaging.first(order, limit);
  }

  private LevelHistory.Page page(MovementPaging paging) {
    return assertInstanceOf(
        LevelHistory.Page.class, reader.movements(tenant, TEA, LocationId.MAIN, paging));
  }

  private ItemView asOf(Instant instant) {
    return reader.itemAsOf(tenant, TEA, instant).orElseThrow().item();
  }

  private long onHand(Instant instant) {
    return asOf(instant).levels().getFirst().count().onHand();
  }

  private static Instant received(Outcome outcome) {
    return ((Outcome.Received) outcome).at();
  }
}
