package io.holdfast.proof.ordering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.shop.Try;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Three orders, one after the other, and what can be wrong with them.
class GaplessNumbersTest {
  private final List<Placing> placings =
      new ArrayList<>(
          List.of(placed("a", 8, 0, 10), placed("b", 9, 20, 30), placed("c", 10, 40, 50)));
  private final List<Listed> orders =
      new ArrayList<>(List.of(listed("c", 10), listed("b", 9), listed("a", 8)));

  private static Placing placed(String key, long number, long start, long end) {
    String body = "{\"id\":\"id-%s\",\"number\":\"SO-2026-%d\"}".formatted(key, number);
    return new Placing(1, key, 2, new Try(201, false, body, start, end));
  }

  private static Placing answered(String key, int status, String body, long start) {
    return new Placing(1, key, 2, new Try(status, false, body, start, start + 1));
  }

  private static Placing refused(String key, String code) {
    return answered(key, 409, "{\"code\":\"%s\"}".formatted(code), 60);
  }

  private static Placing lost(String key, long start) {
    return answered(key, 0, "", start);
  }

  private static Listed listed(String key, long number) {
    return new Listed("id-" + key, "SO-2026-" + number, Map.of("run-0", 2L), true);
  }

  private GaplessNumbers check() {
    return new GaplessNumbers(placings, orders, 7, 10);
  }

  private static void assertHeld(Verdict verdict) {
    assertInstanceOf(Verdict.Held.class, verdict, verdict.toString());
  }

  private static void assertViolated(Verdict verdict, String evidence) {
    Verdict.Violated violated = assertInstanceOf(Verdict.Violated.class, verdict);
    assertEquals(1, violated.evidence().size(), violated.toString());
    assertEquals(evidence, violated.evidence().getFirst().substring(0, evidence.length()));
  }

  @Test
  void findsNothingWrongWhereNothingIs() {
    placings.add(placed("a", 8, 60, 70));
    placings.add(refused("d", "insufficient_stock"));
    placings.add(1, lost("b", 19));
    // Of others, before the run and during it.
    orders.add(new Listed("x", "SO-2026-7", Map.of("other", 1L), false));
    GaplessNumbers check = check();
    assertHeld(check.numbers());
    assertHeld(check.keys());
    assertHeld(check.kept());
    assertHeld(check.supplied(6));
    assertEquals(1, check.resolved());
    assertEquals(List.of(), check.missing(1, 2));
  }

  @Test
  void findsAGap() {
    placings.remove(1);
    orders.remove(1);
    assertViolated(check().numbers(), "no order has the number 9");
  }

  @Test
  void findsANumberThatCameTwice() {
    orders.add(new Listed("x", "SO-2026-9", Map.of(), false));
    assertViolated(check().numbers(), "one number twice");
  }

  @Test
  void findsANumberBeyondTheLastOne() {
    orders.add(new Listed("x", "SO-2026-11", Map.of(), false));
    assertViolated(check().numbers(), "beyond the last one, which is 10");
  }

  @Test
  void findsWhatIsNoNumber() {
    orders.add(new Listed("x", "none", Map.of(), false));
    assertViolated(check().numbers(), "no number");
  }

  @Test
  void findsNumbersInAnotherOrderThanThatOfTime() {
    placings.set(1, placed("b", 10, 20, 30));
    placings.set(2, placed("c", 9, 40, 50));
    assertViolated(check().numbers(), "b was answered 10 before c, which got 9, was asked");
    // At the same time either may be first.
    placings.set(2, placed("c", 9, 25, 50));
    assertHeld(check().numbers());
  }

  @Test
  void findsTwoOrdersOfOneKey() {
    placings.add(placed("a", 11, 60, 70));
    assertViolated(check().keys(), "a was told 2 orders");
  }

  @Test
  void findsANoAfterAYesAndWhatNeverEnds() {
    placings.add(refused("a", "insufficient_stock"));
    assertViolated(check().keys(), "a no after a yes");
    placings.removeLast();
    placings.add(lost("a", 60));
    assertViolated(check().keys(), "no definite answer in the end");
  }

  @Test
  void findsAnAnswerThatNobodyUnderstands() {
    placings.add(refused("d", "no_idea"));
    assertViolated(check().keys(), "not understood");
  }

  @Test
  void findsAnOrderThatIsNotThereAndOneThatNobodyWasToldOf() {
    orders.remove(1);
    assertViolated(check().kept(), "told b");
    orders.add(listed("b", 9));
    orders.add(listed("d", 11));
    assertViolated(check().kept(), "nobody was told of");
  }

  @Test
  void findsMoreOrdersThanStock() {
    assertViolated(check().supplied(5), "of run-0 6 were ordered, and there were 5");
  }

  @Test
  void saysWhatWasNotTried() {
    placings.clear();
    assertEquals(
        List.of(
            "no two orders were placed at once",
            "no order was placed",
            "nobody was refused, who must not take a number",
            "no call without an answer was resolved by its key"),
        check().missing(1, 1));
  }
}
