package io.holdfast.proof.checker;

import static io.holdfast.proof.checker.Story.SKU;
import static io.holdfast.proof.checker.Verdicts.assertHeld;
import static io.holdfast.proof.checker.Verdicts.assertMissing;
import static io.holdfast.proof.checker.Verdicts.assertViolated;

import io.holdfast.proof.history.Level;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.history.Told;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.shop.Codes;
import io.holdfast.proof.workload.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Stock at two locations, of three cakes each, that are sold, moved and counted.
class LocationRulesTest {

  @Test
  void findsThatALocationSoldWhatLiesAtAnother() {
    assertHeld(Invariant.I1, bought(stocked(), at("main", 3), at("north", 1)));
    assertViolated(Invariant.I1, bought(stocked(), at("main", 4)));
  }

  @Test
  void findsThatSomebodyWasRefusedWhatLayWhereTheyWantedIt() {
    Wish wish = new Wish.Purchase(List.of(at("north", 3)), "b");
    Story story = bought(stocked(), at("main", 3));
    assertViolated(Invariant.I2, story.refuses("b", wish, Codes.INSUFFICIENT_STOCK, 10, 12));
  }

  @Test
  void grantsARefusalOfWhatLiesElsewhere() {
    Wish wish = new Wish.Purchase(List.of(at("main", 3)), "b");
    Story story = bought(stocked(), at("main", 1));
    assertHeld(Invariant.I2, story.refuses("b", wish, Codes.INSUFFICIENT_STOCK, 10, 12));
  }

  @Test
  void findsThatSomebodyWasRefusedWhatLayAtBothTogether() {
    Wish wish = new Wish.Purchase(List.of(new Line(SKU, 5)), "b");
    Story story = bought(stocked(), at("main", 1));
    assertViolated(Invariant.I2, story.refuses("b", wish, Codes.INSUFFICIENT_STOCK, 10, 12));
  }

  @Test
  void findsThatATransferWasRefusedWhatWasThere() {
    Wish wish = new Wish.Transfer(SKU, "main", "north", 3);
    assertViolated(Invariant.I2, stocked().refuses("t", wish, Codes.INSUFFICIENT_STOCK, 10, 12));
  }

  @Test
  void findsALevelThatHasMoreThanIsLeft() {
    assertHeld(Invariant.I2, bought(stocked(), at("main", 1)).sees(seen(2, 2, 3, 1), 10, 11));
    assertViolated(Invariant.I2, bought(stocked(), at("main", 1)).sees(seen(3, 2, 2, 1), 10, 11));
  }

  @Test
  void findsHalfATransfer() {
    assertHeld(Invariant.I6, moved(stocked(), 2, 0, 9).sees(seen(1, 2, 5, 2), 4, 5));
    assertHeld(Invariant.I6, moved(stocked(), 2, 0, 9).sees(seen(3, 1, 3, 1), 4, 5));
    assertViolated(Invariant.I6, moved(stocked(), 2, 0, 9).sees(seen(1, 2, 3, 1), 4, 5));
    assertViolated(Invariant.I6, moved(stocked(), 2, 0, 9).sees(seen(3, 1, 5, 2), 4, 5));
  }

  @Test
  void findsATransferThatDidNotHappen() {
    assertViolated(Invariant.I6, moved(stocked(), 2, 0, 9).sees(seen(3, 2, 3, 2), 10, 11));
  }

  @Test
  void findsThatTheRowsOfTransfersDoNotAddUp() {
    RowFindings.Asked rows =
        new RowFindings.Asked(
            1,
            List.of(),
            List.of(),
            List.of("cake: transfers add up to 1"),
            List.of(),
            List.of(),
            List.of());
    assertViolated(Invariant.I6, stocked().sees(seen(3, 1, 3, 1), 0, 1).withRows(rows));
  }

  @Test
  void countsWhatACountFound() {
    Story story = counted(stocked(), 4, 1, 1, 2);
    assertHeld(Invariant.I6, story.sees(seen(4, 2, 3, 1), 10, 11));
    assertHeld(Invariant.I3, story);
    assertViolated(Invariant.I6, counted(stocked(), 4, 1, 1, 2).sees(seen(3, 2, 3, 1), 10, 11));
  }

  @Test
  void findsACountOfAnotherVersionThanItWasMeantFor() {
    assertViolated(Invariant.I3, counted(stocked(), 4, 1, 1, 3));
  }

  @Test
  void findsAnAnswerFromAnotherLocationThanWasNamed() {
    Wish wish = new Wish.Reserve(List.of(at("main", 1), at("north", 1)), 60, "a");
    Told told = Story.made("a", List.of(at("main", 2)));
    assertViolated(Invariant.I9, stocked().says("a", wish, told, 0, 5));
  }

  @Test
  void takesWhatIsDoneTogetherAsOne() {
    Wish transfer = new Wish.Transfer(SKU, "main", "north", 3);
    Wish purchase = new Wish.Purchase(List.of(at("north", 6)), "a");
    Told told = Told.of(List.of(Told.NOTHING, Story.made("a", List.of(at("north", 6)))));
    Story story = stocked().says("a", new Wish.Together(List.of(transfer, purchase)), told, 0, 5);
    assertHeld(Invariant.I1, story);
    assertHeld(Invariant.I3, story.sees(seen(0, 2, 0, 3), 10, 11));
    assertHeld(Invariant.I6, story);
    assertViolated(Invariant.I1, bought(story, at("main", 1)));
  }

  @Test
  void callsARunInconclusiveThatDidNotDoWhatItIsAbout() {
    assertMissing(
        stocked().in(Scenario.LOCATIONS).buys("b", 1, 6),
        "nothing was served from several locations",
        "nothing was bought where it was named",
        "nothing was moved",
        "nothing was counted",
        "nothing was found that was not known",
        "nothing was done together",
        "nothing moved while it was counted",
        "no two processes moved one item");
  }

  private static Story stocked() {
    return Story.with(seen(3, 1, 3, 1));
  }

  private static Story bought(Story story, Line... from) {
    List<Line> lines = List.of(from);
    long quantity = lines.stream().mapToLong(Line::quantity).sum();
    Wish wish = new Wish.Purchase(List.of(new Line(SKU, quantity)), "buyer");
    return story.says("buyer", wish, Story.made("buyer", lines), 0, 5);
  }

  private static Story moved(Story story, long quantity, long from, long to) {
    return story.says(
        "move", new Wish.Transfer(SKU, "main", "north", quantity), Told.NOTHING, from, to);
  }

  private static Story counted(Story story, long onHand, long seen, long change, long version) {
    Told told = new Told(null, version, List.of(), List.of(), List.of(), change, null, List.of());
    return story.says("count", new Wish.Count(SKU, "main", onHand, seen), told, 0, 5);
  }

  private static Stock seen(long main, long mainVersion, long north, long northVersion) {
    return new Stock(
        main + north,
        0,
        List.of(
            new Level("main", main, 0, mainVersion), new Level("north", north, 0, northVersion)));
  }

  private static Line at(String location, long quantity) {
    return new Line(SKU, location, quantity);
  }
}
