package io.holdfast.proof.checker;

import static io.holdfast.proof.checker.Story.SKU;
import static io.holdfast.proof.checker.Verdicts.assertHeld;
import static io.holdfast.proof.checker.Verdicts.assertMissing;
import static io.holdfast.proof.checker.Verdicts.assertViolated;

import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.shop.Codes;
import io.holdfast.proof.workload.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ann may have two cakes within a second.
class LimitRulesTest {

  @Test
  void findsThatACustomerHadMoreThanTheLimit() {
    Story story = bought(bought(limited(), "a", 0), "b", 10);
    assertHeld(Invariant.I20, story);
    assertViolated(Invariant.I20, bought(story, "c", 20));
  }

  @Test
  void countsNothingThatWasClaimedLongerAgo() {
    Story story = bought(bought(limited(), "a", 0), "b", 10);
    assertHeld(Invariant.I20, bought(story, "c", 1_005));
  }

  @Test
  void countsEachCustomerAlone() {
    Story story = bought(bought(limited(), "a", 0), "b", 10);
    assertHeld(
        Invariant.I20,
        story.says("c", new Wish.Purchase(cakes(2), "bob"), Story.made("c", cakes(2)), 20, 21));
  }

  @Test
  void countsWhatWasGivenBackAsAllowed() {
    Story story =
        limited()
            .says("a", new Wish.Reserve(cakes(2), 60, "ann"), Story.made("a", cakes(2)), 0, 5)
            .says("e", new Wish.Release("r-a"), Story.made("a", cakes(2)), 10, 12);
    assertHeld(Invariant.I20, bought(bought(story, "b", 20), "c", 30));
  }

  @Test
  void findsThatAReservationGrewBeyondTheLimit() {
    Story story =
        limited()
            .says("a", new Wish.Reserve(cakes(1), 60, "ann"), Story.told("a", 1L, cakes(1)), 0, 5);
    assertHeld(Invariant.I20, story);
    assertViolated(
        Invariant.I20,
        story.says(
            "c", new Wish.Change("r-a", cakes(3), null), Story.told("a", 2L, cakes(3)), 10, 12));
  }

  @Test
  void findsThatSomebodyWasRefusedForALimitTheyHadNotReached() {
    Story story = bought(limited(), "a", 0);
    Wish two = new Wish.Purchase(cakes(2), "ann");
    Wish one = new Wish.Purchase(cakes(1), "ann");
    assertHeld(Invariant.I20, story.refuses("b", two, Codes.LIMIT_EXCEEDED, 10, 12));
    assertViolated(Invariant.I20, story.refuses("c", one, Codes.LIMIT_EXCEEDED, 20, 22));
  }

  @Test
  void findsThatAReservationWasRefusedToGrowWithinTheLimit() {
    Story story =
        limited()
            .says("a", new Wish.Reserve(cakes(1), 60, "ann"), Story.told("a", 1L, cakes(1)), 0, 5);
    assertViolated(
        Invariant.I20,
        story.refuses("c", new Wish.Change("r-a", cakes(2), null), Codes.LIMIT_EXCEEDED, 10, 12));
  }

  @Test
  void grantsThatAnOverlappingPurchaseMayHaveBeenFirst() {
    Story story =
        limited().says("a", new Wish.Purchase(cakes(2), "ann"), Story.made("a", cakes(2)), 0, 30);
    assertHeld(
        Invariant.I20,
        story.refuses("c", new Wish.Purchase(cakes(1), "ann"), Codes.LIMIT_EXCEEDED, 20, 22));
  }

  @Test
  void findsTooMuchByTheClockOfTheShop() {
    Story story =
        bought(bought(bought(limited(), "a", 0), "b", 10), "c", 1_500)
            .leaves(claimedAt("a", 0))
            .leaves(claimedAt("b", 10));
    assertHeld(Invariant.I20, story);
    assertViolated(Invariant.I20, story.leaves(claimedAt("c", 900)));
  }

  @Test
  void callsARunInconclusiveThatDidNotDoWhatItIsAbout() {
    assertMissing(
        bought(limited(), "a", 0).in(Scenario.LIMITS),
        "nobody came to a limit",
        "nobody wanted more than a limit",
        "nothing came back",
        "no two processes were one customer",
        "nobody had all that they may have of " + SKU,
        "nobody bought again after the time of a limit");
  }

  private static Story limited() {
    return Story.with(100).limitedTo(2, 1_000);
  }

  private static Story bought(Story story, String key, long from) {
    return story.says(
        key, new Wish.Purchase(cakes(1), "ann"), Story.made(key, cakes(1)), from, from + 1);
  }

  private static Effect claimedAt(String key, long millis) {
    return new Effect(
        "r-" + key, "ann", "committed", null, cakes(1), List.of(), Story.madeAt(millis));
  }

  private static List<Line> cakes(long quantity) {
    return List.of(new Line(SKU, quantity));
  }
}
