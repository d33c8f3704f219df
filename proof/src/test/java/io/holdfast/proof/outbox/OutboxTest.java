package io.holdfast.proof.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.feed.CloudEvent;
import io.holdfast.proof.feed.Reading;
import io.holdfast.proof.feed.Told;
import io.holdfast.proof.history.Level;
import io.holdfast.proof.shop.Try;
import io.holdfast.proof.webhook.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An order that is paid, one that expires, a reservation that is released, and a level; and what
/// can be wrong with what is told of them.
class OutboxTest {
  private static final String LEVEL = "items/run-0/levels/main";

  private final List<Write> writes =
      new ArrayList<>(
          List.of(
              made(Act.PLACE, "a", 900, Told.orderBody("placed", "a", 1)),
              step(Act.PAY, "a", Told.orderBody("paid", "a", 2)),
              made(Act.PLACE, "b", 1, Told.orderBody("placed", "b", 1)),
              made(Act.RESERVE, "r", 900, "{\"id\": \"r\"}"),
              step(Act.RELEASE, "r", "{}"),
              refused("c")));
  private final List<CloudEvent> events = new ArrayList<>();
  private final Map<String, Level> levels =
      new HashMap<>(Map.of(LEVEL, new Level("main", 8, 2, 5)));

  OutboxTest() {
    tell("order.placed", "orders/a", order("placed", "a", 1));
    tell("order.placed", "orders/b", order("placed", "b", 1));
    tell("order.paid", "orders/a", order("paid", "a", 2));
    tell(
        "reservation.reserved",
        "reservations/r",
        "{\"reservation\": \"r\", \"customer\": \"key-r\"}");
    // That of an order is nobody's own.
    tell("reservation.reserved", "reservations/a", "{\"reservation\": \"a\"}");
    tell("stock.changed", LEVEL, "{\"on_hand\": 9, \"reserved\": 2, \"version\": 3}");
    tell("reservation.released", "reservations/r", "{\"reservation\": \"r\"}");
    tell("stock.changed", LEVEL, "{\"on_hand\": 8, \"reserved\": 2, \"version\": 5}");
    // Somebody else's.
    tell("order.paid", "orders/x", "{\"order\": {\"version\": 7, \"lines\": [{\"sku\": \"x\"}]}}");
    tell("order.expired", "orders/b", order("expired", "b", 1));
  }

  private static String order(String state, String id, int version) {
    return "{\"order\":" + Told.orderBody(state, id, version) + "}";
  }

  private void tell(String type, String subject, String data) {
    tell(type, subject, Instant.ofEpochSecond(2), data);
  }

  private void tell(String type, String subject, Instant time, String data) {
    events.add(Told.event(events.size() + 1, type, subject, time, data));
  }

  /// Tells something else in the place of an event.
  private void replace(int index, String type, String subject, String data) {
    events.set(index, Told.event(index + 1, type, subject, Instant.ofEpochSecond(2), data));
  }

  private static Try answered(int status, String body) {
    return new Try(status, false, body, 0, 1);
  }

  private static Write made(Act act, String id, int ttlSeconds, String body) {
    return new Write(act, "key-" + id, "", ttlSeconds, 1, List.of(answered(201, body)));
  }

  private static Write step(Act act, String id, String body) {
    return new Write(act, "key-" + id + "-" + act.word(), id, 0, 0, List.of(answered(200, body)));
  }

  private static Write refused(String id) {
    Try no = answered(409, "{\"code\": \"insufficient_stock\"}");
    return new Write(Act.PLACE, "key-" + id, "", 900, 1, List.of(no));
  }

  private static Write open(Act act, String key, String about) {
    return new Write(act, key, about, 0, 1, List.of(answered(0, "")));
  }

  private Outbox outbox() {
    Reading afterwards = new Reading("afterwards", 0, events, List.of(), 0);
    Subscription none = new Subscription.LeftOut("none");
    return new Outbox("run", writes, afterwards, List.of(), none, levels);
  }

  private void assertHeld() {
    Verdict verdict = outbox().judge();
    assertInstanceOf(Verdict.Held.class, verdict, verdict.toString());
  }

  private void assertViolated(String... evidence) {
    Verdict.Violated violated = assertInstanceOf(Verdict.Violated.class, outbox().judge());
    assertEquals(evidence.length, violated.evidence().size(), violated.toString());
    for (int i = 0; i < evidence.length; i++) {
      assertTrue(violated.evidence().get(i).contains(evidence[i]), violated.toString());
    }
  }

  @Test
  void findsNothingWrongWhereNothingIs() {
    assertHeld();
    assertEquals(List.of(), outbox().untold());
    assertEquals(2, outbox().ordered());
    assertEquals(1, outbox().refused());
  }

  @Test
  void findsWhatIsNotTold() {
    writes.add(made(Act.PLACE, "d", 900, Told.orderBody("placed", "d", 1)));
    assertEquals(List.of("not told: place key-d of d, answered 201 "), outbox().untold());
    assertViolated("not told: place key-d");
  }

  @Test
  void findsAnOrderWhoseExpiryIsNotTold() {
    events.removeLast();
    assertViolated("no order.expired is told of place key-b");
    // Unless somebody may have paid it.
    writes.add(open(Act.PAY, "key-b-pay", "b"));
    assertHeld();
  }

  @Test
  void findsAnOrderThatExpiredTooEarly() {
    events.removeLast();
    tell("order.expired", "orders/b", Instant.ofEpochMilli(1_999), order("expired", "b", 1));
    assertViolated("and it was due at 1970-01-01T00:00:02Z");
  }

  @Test
  void findsWhatIsToldTwice() {
    tell("order.placed", "orders/b", order("placed", "b", 1));
    assertViolated("told more than once", "comes behind event 10, order.expired");
  }

  @Test
  void findsWhatWasRefused() {
    tell("order.placed", "orders/c", order("placed", "c", 1));
    assertViolated("tells of what was refused: place key-c");
    writes.set(5, open(Act.PLACE, "key-c", ""));
    assertHeld();
  }

  @Test
  void findsWhatNobodyHasAskedFor() {
    tell("order.cancelled", "orders/a", order("cancelled", "a", 3));
    assertViolated("nobody asked for event 11, order.cancelled");
    // Unless nobody knows what came of it.
    writes.add(open(Act.CANCEL, "key-a-cancel", "a"));
    assertHeld();
  }

  @Test
  void findsWhatIsToldOtherwiseThanItWasAnswered() {
    replace(2, "order.paid", "orders/a", order("placed", "a", 2));
    assertViolated("and the answer was");
  }

  @Test
  void findsStepsInAnotherOrder() {
    replace(0, "order.paid", "orders/a", order("paid", "a", 2));
    replace(2, "order.placed", "orders/a", order("placed", "a", 1));
    assertViolated("order.paid of orders/a comes first", "comes behind event 1, order.paid");
  }

  @Test
  void findsAVersionThatIsNotTheNextOne() {
    writes.set(1, step(Act.PAY, "a", Told.orderBody("paid", "a", 3)));
    replace(2, "order.paid", "orders/a", order("paid", "a", 3));
    assertViolated("event 3, order.paid of orders/a is told as");
  }

  @Test
  void findsALevelThatGoesBackOrStopsBefore() {
    replace(5, "stock.changed", LEVEL, "{\"version\": 5}");
    assertViolated("of version 5 behind event 6");
    replace(5, "stock.changed", LEVEL, "{\"version\": 4}");
    levels.put(LEVEL, new Level("main", 8, 1, 6));
    assertViolated("and the last stock.changed says");
  }

  @Test
  void saysWhatWasNotTried() {
    writes.set(5, open(Act.PLACE, "key-c", ""));
    events.removeLast();
    assertEquals(
        List.of(
            "no two calls overlapped",
            "nobody was refused, of whom nothing must be told",
            "there were 9 events only",
            "no order expired",
            "no stream was resumed",
            "no call without an answer was resolved by its key",
            "no answer to judge by: place key-c, answered 0 null"),
        outbox().missing(1, 1));
  }
}
