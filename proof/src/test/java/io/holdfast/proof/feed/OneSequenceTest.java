package io.holdfast.proof.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.shop.Json;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Two readers of three events, and what can be wrong with what they are told.
class OneSequenceTest {
  private static final Reading RIGHT = reading("a", 5, 6, 7);

  private static Reading reading(String reader, long... positions) {
    List<CloudEvent> events = LongStream.of(positions).mapToObj(OneSequenceTest::event).toList();
    return new Reading(reader, 4, events, List.of(), 0);
  }

  private static CloudEvent event(long position) {
    return Told.event(position, "order.placed", "orders/" + position, "{}");
  }

  private static void assertViolated(String evidence, Reading... readings) {
    Verdict verdict = new OneSequence(List.of(readings), 7).judge();
    Verdict.Violated violated = assertInstanceOf(Verdict.Violated.class, verdict);
    assertEquals(1, violated.evidence().size(), violated.toString());
    assertTrue(violated.evidence().getFirst().contains(evidence), violated.toString());
  }

  @Test
  void findsNothingWrongWhereAllAreToldTheSame() {
    // Somebody may read on when the last one was asked for.
    Verdict verdict = new OneSequence(List.of(RIGHT, RIGHT, reading("b", 5, 6, 7, 8)), 7).judge();
    assertInstanceOf(Verdict.Held.class, verdict, verdict.toString());
  }

  @Test
  void findsWhatWasLeftOutToldTwiceOrToldTooLate() {
    assertViolated("b is told event 7, order.placed of orders/7 behind 5", reading("b", 5, 7));
    assertViolated("behind 6", reading("b", 5, 6, 6, 7));
    assertViolated("behind 4", reading("b", 6, 7));
  }

  @Test
  void findsAReaderWhoIsNotToldAll() {
    assertViolated(
        "b is told nothing behind 6, and there are events up to 7", RIGHT, reading("b", 5, 6));
  }

  @Test
  void findsAnEventThatIsAnotherOneForAnother() {
    List<CloudEvent> others =
        List.of(event(5), Told.event(6, "order.paid", "orders/6", "{}"), event(7));
    assertViolated("one is told", RIGHT, new Reading("b", 4, others, List.of(), 0));
  }

  @Test
  void findsWhatIsNoEvent() {
    for (String part : List.of("1.0", "1970", "/tenants/t", "orders/6", "order.placed", "data")) {
      String json = event(6).json().toString().replace("\"" + part, "\"");
      List<CloudEvent> events = List.of(event(5), CloudEvent.of(Json.orMissing(json)), event(7));
      assertViolated("event", new Reading("b", 4, events, List.of(), 0));
    }
  }

  @Test
  void findsWhatWasWrongWithHowItWasTold() {
    assertViolated("b: refused", new Reading("b", 4, RIGHT.events(), List.of("refused"), 0));
  }
}
