package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockJoiner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Where stock is taken from, moved to, counted and kept back.
public abstract class LocationContract extends StockContract {
  private static final Sku TEA = new Sku("tea");

  /// Three locations, first to last.
  private Shop stocksTea(long north, long south, long main) throws SQLException {
    return shop()
        .stocksAt("north", 10, "tea", north)
        .stocksAt("south", 20, "tea", south)
        .stocks("tea", main);
  }

  private static List<String> places(Outcome.Reserved reserved) {
    return reserved.lines().stream().map(line -> line.location() + " " + line.quantity()).toList();
  }

  private Outcome.Reserved reserved(Line... lines) {
    return only(Outcome.Reserved.class, shop().outcome(reserve(lines)));
  }

  @Test
  void takesFromTheFirstLocationThatHasItAll() throws SQLException {
    stocksTea(3, 5, 9);
    assertEquals(List.of("north 3"), places(reserved(Line.sourced("tea", 3))));
    assertEquals(List.of("south 4"), places(reserved(Line.sourced("tea", 4))));
    assertEquals(List.of("main 9"), places(reserved(Line.sourced("tea", 9))));
  }

  @Test
  void splitsOnlyWhereItMustAndThenOverAsFewAsItCan() throws SQLException {
    stocksTea(3, 5, 9);
    assertEquals(List.of("north 3", "main 9"), places(reserved(Line.sourced("tea", 12))));
    assertEquals(List.of("south 5"), places(reserved(Line.sourced("tea", 5))));
  }

  @Test
  void givesEveryLineOfAnItemItsPart() throws SQLException {
    stocksTea(3, 5, 9);
    assertEquals(
        List.of("south 2", "north 1", "north 2", "main 7"),
        places(
            reserved(Line.of("tea", "south", 2), Line.sourced("tea", 1), Line.sourced("tea", 9))));
    assertEquals(new StockCount(3, 3, 2), shop().count("tea", "north"));
  }

  @Test
  void servesALineThatNamesALocationFromThereOrNotAtAll() throws SQLException {
    stocksTea(3, 5, 9);
    Refusal.Shortage shortage =
        only(Refusal.InsufficientStock.class, shop().outcome(purchase(Line.of("tea", "north", 4))))
            .shortages()
            .getFirst();
    assertEquals(new LocationId("north"), shortage.location());
    assertEquals(3, shortage.sellable());
    assertEquals(1, shortage.missing());
  }

  @Test
  void saysWhatAllLocationsTogetherCouldHaveGiven() throws SQLException {
    stocksTea(3, 5, 9);
    Refusal.InsufficientStock refused =
        only(Refusal.InsufficientStock.class, shop().outcome(reserve(Line.sourced("tea", 18))));
    assertEquals(
        List.of(new Refusal.Shortage(TEA, null, 18, 17, new StockCount(17, 0, 0))),
        refused.shortages());
  }

  @Test
  void saysWhereElseItLiesAndWhenTheFirstOfItMayComeBack() throws SQLException {
    stocksTea(3, 5, 9);
    Outcome.Reserved first = reserved(Line.of("tea", "north", 2));
    reserved(Line.of("tea", "north", 1));
    Refusal.Shortage named =
        only(Refusal.InsufficientStock.class, shop().outcome(reserve(Line.of("tea", "north", 5))))
            .shortages()
            .getFirst();
    assertEquals(first.expiresAt(), named.firstExpiresAt());
    assertEquals(List.of(new LocationId("main"), new LocationId("south")), named.elsewhere());
  }

  @Test
  void knowsAnItemThatLiesNowhere() throws SQLException {
    shop().sells("tea");
    assertEquals(
        new Refusal.NoStockRecord(TEA, null), shop().outcome(reserve(Line.sourced("tea", 1))));
  }

  @Test
  void neverSellsMoreThanAllLocationsHaveHoweverManyBuyAtOnce() throws SQLException {
    stocksTea(20, 30, 50);
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(
          shop().submit(purchase(Line.sourced("tea", 1))).thenApply(answer -> answer.outcome()));
    }
    long bought =
        answers.stream()
            .map(CompletableFuture::join)
            .filter(Outcome.Purchased.class::isInstance)
            .count();
    assertEquals(100, bought);
    shop().levels("tea").forEach((location, count) -> assertEquals(0, count.onHand(), location));
  }

  @Test
  void movesStockBetweenLocations() throws SQLException {
    shop().stocks("tea", 5).opens("north", 10);
    Outcome.Transferred moved =
        only(Outcome.Transferred.class, shop().outcome(transfer("main", "north", 2)));
    assertEquals(new StockCount(3, 0, 2), moved.from().after());
    assertEquals(new StockCount(2, 0, 1), moved.to().after());
    assertEquals(new StockCount(2, 0, 1), shop().count("tea", "north"));
  }

  @Test
  void movesNothingThatIsReserved() throws SQLException {
    shop().stocks("tea", 5).opens("north", 10);
    shop().reserved(Line.of("tea", 4));
    only(Refusal.InsufficientStock.class, shop().outcome(transfer("main", "north", 2)));
    only(Outcome.Transferred.class, shop().outcome(transfer("main", "north", 1)));
    assertEquals(
        new Refusal.NoStockRecord(TEA, new LocationId("south")),
        shop().opens("south", 1).outcome(transfer("south", "main", 1)));
    assertEquals(
        new Refusal.UnknownLocation(new LocationId("moon")),
        shop().outcome(transfer("main", "moon", 1)));
  }

  @Test
  void losesNothingInTransfersThatCross() throws SQLException {
    stocksTea(50, 50, 50);
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean isForth = i % 2 == 0;
      all.add(shop().submit(transfer(isForth ? "north" : "south", isForth ? "south" : "north", 3)));
      all.add(shop().submit(purchase(Line.sourced("tea", 1))));
    }
    all.forEach(CompletableFuture::join);
    long left = shop().levels("tea").values().stream().mapToLong(StockCount::onHand).sum();
    assertEquals(150 - 60, left);
  }

  private static Command.Transfer transfer(String from, String to, long quantity) {
    return new Command.Transfer(TEA, new LocationId(from), new LocationId(to), quantity, null);
  }

  @Test
  void keepsSafetyStockFromBeingSold() throws SQLException {
    shop().stocks("tea", 5);
    only(Outcome.SafetyStockSet.class, shop().outcome(keep(3)));
    Refusal.Shortage shortage =
        only(Refusal.InsufficientStock.class, shop().outcome(reserve(Line.of("tea", 3))))
            .shortages()
            .getFirst();
    assertEquals(2, shortage.sellable());
    assertEquals(new StockCount(5, 0, 2, 3), shortage.count());
    reserved(Line.of("tea", 2));
    only(Refusal.InsufficientStock.class, shop().outcome(purchase(Line.sourced("tea", 1))));
  }

  @Test
  void letsSafetyStockBeMovedAndWrittenOff() throws SQLException {
    shop().stocks("tea", 5).opens("north", 10);
    shop().outcome(keep(5));
    only(Outcome.Transferred.class, shop().outcome(transfer("main", "north", 2)));
    only(Outcome.Adjusted.class, shop().outcome(Shop.adjust("tea", -3)));
    assertEquals(new StockCount(0, 0, 4, 5), shop().count("tea"));
    assertEquals(0, shop().count("tea").sellable());
  }

  @Test
  void leavesWhatIsReservedAloneWhenSafetyStockIsRaised() throws SQLException {
    shop().stocks("tea", 5);
    Outcome.Reserved held = reserved(Line.of("tea", 4));
    shop().outcome(keep(5));
    only(Outcome.Committed.class, shop().outcome(new Command.Commit(held.reservation())));
    assertEquals(new StockCount(1, 0, 4, 5), shop().count("tea"));
  }

  private static Command.SetSafetyStock keep(long units) {
    return new Command.SetSafetyStock(TEA, LocationId.MAIN, units, null);
  }

  @Test
  void believesWhoeverCounted() throws SQLException {
    shop().stocks("tea", 5);
    shop().reserved(Line.of("tea", 2));
    Outcome.Counted counted = only(Outcome.Counted.class, shop().outcome(count(7, 2)));
    assertEquals(2, counted.change());
    assertEquals(new StockCount(7, 2, 3), counted.after());
    assertEquals(0, only(Outcome.Counted.class, shop().outcome(count(7, 3))).change());
  }

  @Test
  void refusesACountOfWhatHasMovedMeanwhile() throws SQLException {
    shop().stocks("tea", 5);
    shop().reserved(Line.of("tea", 2));
    assertEquals(new Refusal.VersionConflict(1, 2), shop().outcome(count(5, 1)));
    only(Refusal.InsufficientStock.class, shop().outcome(count(1, 2)));
    assertEquals(new StockCount(5, 2, 2), shop().count("tea"));
  }

  private static Command.Count count(long onHand, long version) {
    return new Command.Count(TEA, LocationId.MAIN, onHand, version, null);
  }

  /// There was enough at every moment, only not always in the same place.
  @Test
  void findsWhatWasBroughtElsewhereWhileItWaited() throws SQLException {
    only(Outcome.Purchased.class, whileBroughtElsewhere(purchase(Line.sourced("tea", 5))));
    assertEquals(new StockCount(0, 0, 2), shop().count("tea", "north"));
    assertEquals(1, shop().count("tea").onHand());
  }

  @Test
  void isContentWithLessOnlyWhereThereIsLess() throws SQLException {
    Outcome.Reserved reserved =
        only(
            Outcome.Reserved.class,
            whileBroughtElsewhere(reserve(Line.sourced("tea", 5)).partially()));
    assertEquals(List.of(), reserved.missing());
  }

  /// Asks while all the tea is on its way from one location to another, which has never had it; one
  /// more stays behind and is reserved.
  private Outcome whileBroughtElsewhere(Command asked) throws SQLException {
    shop().stocks("tea", 6).opens("north", 10);
    shop().reserved(Line.of("tea", 1));
    Command.Transfer away =
        new Command.Transfer(TEA, LocationId.MAIN, new LocationId("north"), 5, null);
    StockJoiner joiner = StockJoiner.of(settings());
    CompletableFuture<Answer> answer;
    try (Connection transaction = database.connect();
        Connection watcher = database.connectAsSuperuser()) {
      transaction.setAutoCommit(false);
      int pid = number(transaction, "SELECT pg_backend_pid()");
      only(Outcome.Transferred.class, joiner.decide(transaction, away, shop().call()).outcome());
      answer = shop().submit(asked);
      Await.until(Duration.ofSeconds(4), () -> isWaitedFor(watcher, pid));
      transaction.commit();
    }
    return answer.join().outcome();
  }

  private static boolean isWaitedFor(Connection watcher, int pid) {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE %d = ANY (pg_blocking_pids(pid))"
            .formatted(pid);
    return number(watcher, waiting) > 0;
  }

  private static int number(Connection connection, String question) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
