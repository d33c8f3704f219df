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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Reservations that are changed, replaced, committed in part and returned.
class ChangeRulesTest {

  @Test
  void findsThatAChangeTookWhatAnotherHas() {
    Story story = reserved(3, 2).buys("b", 6, 9);
    assertHeld(Invariant.I1, story);
    assertViolated(Invariant.I1, changed(story, 3, 2, 10));
  }

  @Test
  void countsWhatAChangeGaveBackAsFree() {
    assertHeld(Invariant.I1, changed(reserved(2, 2), 1, 2, 10).buys("b", 11, 15));
  }

  @Test
  void countsTheRestOfAPartAsFree() {
    Story story = reserved(3, 3).says("c", commit(1), ended(1, 2), 10, 12);
    assertHeld(Invariant.I1, story.buys("b", 13, 15).buys("d", 14, 16));
    assertHeld(Invariant.I2, story.sees(0, 0, 20, 21));
    assertViolated(Invariant.I1, story.buys("e", 17, 18));
  }

  @Test
  void countsWhatCameBackAsFree() {
    Story story = reserved(1, 1).says("c", commit(1), ended(1, 0), 10, 12);
    story.says("back", back(1), Story.made("a", cakes(1)), 13, 15);
    assertHeld(Invariant.I1, story.buys("b", 16, 18));
  }

  @Test
  void countsWhatGaveWayAsFree() {
    Story story = reserved(2, 2).says("b", replacing(2, 1), Story.made("b", cakes(2)), 10, 12);
    assertHeld(Invariant.I1, story);
    assertHeld(Invariant.I2, story.sees(2, 2, 20, 21));
  }

  @Test
  void findsThatAChangeWasRefusedWhatItHas() {
    Story story = reserved(3, 2).buys("b", 6, 9);
    Story refused = story.refuses("c", change(3, null), Codes.INSUFFICIENT_STOCK, 10, 12);
    assertHeld(Invariant.I2, refused);
    assertViolated(
        Invariant.I2, refused.refuses("d", change(2, null), Codes.INSUFFICIENT_STOCK, 20, 22));
  }

  @Test
  void findsThatSomebodyContentWithLessGotTooLittle() {
    assertHeld(Invariant.I2, Story.with(3).says("a", less(5), got(3, 2), 0, 5));
    assertViolated(Invariant.I2, Story.with(3).says("a", less(5), got(2, 3), 0, 5));
  }

  @Test
  void findsThatSomebodyContentWithLessGotNothingOfWhatWasThere() {
    Story soldOut = Story.with(1).buys("b", 0, 5);
    assertHeld(Invariant.I2, soldOut.refuses("a", less(5), Codes.INSUFFICIENT_STOCK, 6, 9));
    assertViolated(
        Invariant.I2, Story.with(1).refuses("a", less(5), Codes.INSUFFICIENT_STOCK, 6, 9));
  }

  @Test
  void findsTwoChangesOfOneVersion() {
    Story story = changed(reserved(5, 1), 2, 2, 10);
    assertHeld(Invariant.I3, story);
    assertViolated(
        Invariant.I3, story.says("d", change(3, null), Story.told("a", 2L, cakes(3)), 11, 15));
  }

  @Test
  void findsVersionsAgainstTheOrderOfTime() {
    assertViolated(Invariant.I3, changed(changed(reserved(5, 1), 2, 3, 10), 3, 2, 20));
  }

  @Test
  void findsAChangeOfAnotherVersionThanItWasMeantFor() {
    Story story = changed(reserved(5, 1), 2, 2, 10);
    assertViolated(
        Invariant.I3, story.says("d", change(3, 1L), Story.told("a", 3L, cakes(3)), 20, 25));
  }

  @Test
  void findsThatSomebodyWasRefusedAsLateWhoWasNot() {
    Story story = changed(reserved(5, 1), 2, 2, 10);
    assertViolated(Invariant.I3, story.refuses("d", change(3, 2L), Codes.VERSION_CONFLICT, 20, 25));
  }

  @Test
  void grantsThatAnOverlappingChangeMayHaveBeenFirst() {
    Story story = changed(changed(reserved(5, 1), 2, 2, 10), 3, 3, 24);
    assertHeld(Invariant.I3, story.refuses("d", change(4, 2L), Codes.VERSION_CONFLICT, 20, 25));
  }

  @Test
  void findsThatAReservationHasLostAChange() {
    Story story = changed(changed(reserved(5, 1), 2, 2, 10), 3, 3, 20);
    assertViolated(Invariant.I3, story.leaves(left("held", 2, 3, 0)));
    assertHeld(Invariant.I3, changed(reserved(5, 1), 2, 2, 10).leaves(left("held", 2, 2, 0)));
  }

  @Test
  void findsThatALevelHasLostAMovement() {
    Stock opening = new Stock(5, 0, List.of(new Level("main", 5, 0, 1)));
    Line line = new Line(SKU, "main", 1);
    Story story =
        Story.with(opening)
            .says("a", new Wish.Purchase(cakes(1), "a"), Story.made("a", List.of(line)), 0, 5);
    assertViolated(Invariant.I3, story.sees(atMain(4, 1), 10, 11));
    assertHeld(
        Invariant.I3,
        Story.with(opening)
            .says("a", new Wish.Purchase(cakes(1), "a"), Story.made("a", List.of(line)), 0, 5)
            .sees(atMain(4, 2), 10, 11));
  }

  @Test
  void findsAnAnswerAboutOtherLines() {
    Told other = Story.told("a", 2L, cakes(1));
    assertViolated(Invariant.I9, reserved(5, 1).says("c", change(2, null), other, 10, 12));
  }

  @Test
  void findsAPartThatDoesNotAddUpToTheWhole() {
    assertHeld(Invariant.I9, Story.with(3).says("a", less(5), got(3, 2), 0, 5));
    assertViolated(Invariant.I9, Story.with(3).says("a", less(5), got(3, 1), 0, 5));
  }

  @Test
  void findsThatSomebodyGotLessWhoWantedAll() {
    Wish all = new Wish.Reserve(List.of(new Line(SKU, 2), new Line(SKU, 3)), 60, "a");
    assertViolated(Invariant.I9, Story.with(3).says("a", all, got(3, 2), 0, 5));
  }

  @Test
  void findsAPartWithoutItsRest() {
    assertHeld(Invariant.I9, reserved(3, 3).says("c", commit(1), ended(1, 2), 10, 12));
    assertViolated(Invariant.I9, reserved(3, 3).says("c", commit(1), ended(1, 1), 10, 12));
  }

  @Test
  void findsThatAChangeIsNotThereAsItWasTold() {
    assertHeld(Invariant.I9, changed(reserved(5, 1), 2, 2, 10).leaves(left("held", 2, 2, 0)));
    assertViolated(Invariant.I9, changed(reserved(5, 1), 2, 2, 10).leaves(left("held", 2, 1, 0)));
  }

  @Test
  void findsThatAReturnWasForgotten() {
    assertHeld(Invariant.I10, returned(1).leaves(left("committed", 3, 2, 1)));
    assertViolated(Invariant.I10, returned(1).leaves(left("committed", 3, 2, 0)));
  }

  @Test
  void findsAnEffectThatNobodyWasToldOfBesideOthersOfTheCustomer() {
    Story story =
        Story.with(5)
            .says("a", new Wish.Purchase(cakes(1), "ann"), Story.made("a", cakes(1)), 0, 5)
            .says("b", new Wish.Purchase(cakes(1), "ann"), Story.made("b", cakes(1)), 6, 9)
            .leaves("r-a", "ann", "committed")
            .leaves("r-b", "ann", "committed");
    assertHeld(Invariant.I4, story);
    assertViolated(Invariant.I4, story.leaves("r-c", "ann", "committed"));
  }

  @Test
  void findsAReservationForACustomerWhoWasOnlyRefused() {
    assertViolated(
        Invariant.I11,
        Story.with(1)
            .refuses("a", new Wish.Purchase(cakes(2), "ann"), Codes.INSUFFICIENT_STOCK, 0, 5)
            .leaves("r-x", "ann", "committed"));
  }

  @Test
  void findsAChangeOfWhatHadEnded() {
    Story story = reserved(5, 1).says("c", commit(1), ended(1, 0), 10, 12);
    assertHeld(Invariant.I12, story);
    assertViolated(Invariant.I12, changed(story, 2, 2, 20));
  }

  @Test
  void findsACommitOfWhatHadGivenWay() {
    Story story = reserved(5, 1).says("b", replacing(1, 1), Story.made("b", cakes(1)), 10, 12);
    assertHeld(Invariant.I12, story);
    assertViolated(Invariant.I12, story.says("c", commit(1), ended(1, 0), 20, 22));
  }

  @Test
  void findsThatMoreCameBackThanWasSold() {
    assertHeld(Invariant.I12, returned(2));
    assertViolated(
        Invariant.I12, returned(2).says("more", back(1), Story.made("a", cakes(1)), 30, 32));
  }

  @Test
  void grantsAnExtensionItsTime() {
    Story story =
        Story.with(5)
            .reservesForASecond("a", 0, 5)
            .says("e", new Wish.Extend("r-a", 2), Story.made("a", List.of()), 500, 505);
    assertHeld(Invariant.I12, story.says("c", commit(1), ended(1, 0), 2_000, 2_010));
  }

  @Test
  void findsThatAnExtendedReservationExpiredBeforeItsTime() {
    Story story =
        Story.with(5)
            .reservesForASecond("a", 0, 5)
            .says("e", new Wish.Extend("r-a", 2), Story.made("a", List.of()), 500, 505);
    assertViolated(
        Invariant.I12, story.refuses("c", commit(1), Codes.RESERVATION_EXPIRED, 2_000, 2_010));
  }

  @Test
  void callsARunInconclusiveThatDidNotDoWhatItIsAbout() {
    assertMissing(
        reserved(3, 3).in(Scenario.CHANGES).buys("b", 1, 6),
        "nothing was changed as it had been seen",
        "nobody was content with less",
        "nothing was extended",
        "nothing was committed in part",
        "nothing came back",
        "nothing took the place of an older one",
        "nothing was done together",
        "no change came too late",
        "nothing was ended twice",
        "nothing came back twice",
        "nothing together was refused",
        "no two processes were at one reservation");
  }

  private static Story reserved(long supply, long quantity) {
    return Story.with(supply)
        .says(
            "a",
            new Wish.Reserve(cakes(quantity), 60, "a"),
            Story.told("a", 1L, cakes(quantity)),
            0,
            5);
  }

  private static Story changed(Story story, long quantity, long version, long from) {
    return story.says(
        "change-" + from,
        change(quantity, null),
        Story.told("a", version, cakes(quantity)),
        from,
        from + 1);
  }

  /// Two were sold, and so many of them came back.
  private static Story returned(long quantity) {
    return Story.with(5)
        .says("a", new Wish.Reserve(cakes(2), 60, "a"), Story.told("a", 1L, cakes(2)), 0, 5)
        .says("c", commit(2), ended(2, 0), 10, 12)
        .says("back", back(quantity), Story.made("a", cakes(quantity)), 20, 22);
  }

  private static Wish change(long quantity, @Nullable Long version) {
    return new Wish.Change("r-a", cakes(quantity), version);
  }

  private static Wish commit(long quantity) {
    return new Wish.Commit("r-a", cakes(quantity));
  }

  private static Wish back(long quantity) {
    return new Wish.Return("r-a", cakes(quantity));
  }

  private static Wish less(long quantity) {
    return new Wish.Reserve(cakes(quantity), 60, "a", true, null);
  }

  private static Wish replacing(long quantity, int ttlSeconds) {
    return new Wish.Reserve(cakes(quantity), ttlSeconds, "a", false, "r-a");
  }

  private static Told ended(long committed, long released) {
    List<Line> rest = released == 0 ? List.of() : cakes(released);
    return new Told("r-a", null, cakes(committed), rest, List.of(), null, null, List.of());
  }

  private static Told got(long quantity, long missing) {
    return new Told("r-a", 1L, cakes(quantity), List.of(), cakes(missing), null, null, List.of());
  }

  private static Effect left(String state, long version, long quantity, long returned) {
    List<Line> back = returned == 0 ? List.of() : cakes(returned);
    return new Effect("r-a", "a", state, version, cakes(quantity), back, Effect.Times.UNKNOWN);
  }

  private static Stock atMain(long onHand, long version) {
    return new Stock(onHand, 0, List.of(new Level("main", onHand, 0, version)));
  }

  private static List<Line> cakes(long quantity) {
    return List.of(new Line(SKU, quantity));
  }
}
