package io.holdfast.proof.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.feed.CloudEvent;
import io.holdfast.proof.feed.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Two events of one order and one of another, sent in order, the first of them twice.
class DeliveredTest {
  private static final Hook HOOK = new Hook("hook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 4);

  private final CloudEvent placed = Told.order(5, "placed", "a", 1);
  private final CloudEvent paid = Told.order(7, "paid", "a", 2);
  private final CloudEvent other = Told.order(8, "placed", "b", 1);
  private final List<CloudEvent> feed =
      new ArrayList<>(
          List.of(
              Told.order(4, "placed", "before", 1),
              placed,
              Told.event(6, "stock.changed", "items/run-0/levels/main", "{}"),
              paid,
              other));
  private final List<Delivery> deliveries =
      new ArrayList<>(
          List.of(
              sent(placed, 500, 10),
              sent(placed, 204, 20),
              sent(paid, 204, 30),
              sent(other, 204, 5)));

  private static Delivery sent(CloudEvent event, int answer, long nanos) {
    return sent("hook." + event.position(), event.json().toString(), answer, nanos);
  }

  private static Delivery sent(String id, String body, int answer, long nanos) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", "application/cloudevents+json");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", "1700000000");
    headers.put("webhook-signature", "v1,b2xk " + HOOK.signature(id, "1700000000", body));
    return new Delivery(headers, body, answer, 1_700_000_001_000L, nanos, nanos + 5);
  }

  private static Delivery with(Delivery delivery, String header, String value) {
    Map<String, String> headers = new HashMap<>(delivery.headers());
    headers.put(header, value);
    return new Delivery(
        headers,
        delivery.body(),
        delivery.answer(),
        delivery.arrivedMillis(),
        delivery.arrivedNanos(),
        delivery.answeredNanos());
  }

  private Delivered check() {
    return new Delivered(HOOK, feed, deliveries);
  }

  private void assertViolated(String evidence) {
    Verdict.Violated violated = assertInstanceOf(Verdict.Violated.class, check().judge());
    assertEquals(1, violated.evidence().size(), violated.toString());
    assertTrue(violated.evidence().getFirst().contains(evidence), violated.toString());
  }

  /// The example of Standard Webhooks.
  @Test
  void signsAsTheStandardSays() {
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        HOOK.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"));
  }

  @Test
  void findsNothingWrongWhereNothingIs() {
    assertInstanceOf(Verdict.Held.class, check().judge(), check().judge()::toString);
    assertEquals(1, check().retries());
    assertEquals(List.of(), check().missing());
  }

  @Test
  void findsWhatWasNeverAccepted() {
    deliveries.remove(3);
    assertViolated("never delivered: event 8, order.placed of orders/b");
    deliveries.add(sent(other, 0, 5));
    assertViolated("never delivered: event 8");
  }

  @Test
  void findsWhatWasSentTooEarly() {
    deliveries.set(2, sent(paid, 204, 15));
    assertViolated("event 7, order.paid of orders/a was sent before it had accepted event 5");
  }

  @Test
  void findsAWrongSignature() {
    deliveries.set(3, with(deliveries.get(3), "webhook-timestamp", "1700000001"));
    assertViolated("hook.8 is not signed with the secret");
  }

  @Test
  void findsOldTimesAndOtherTypes() {
    deliveries.set(3, with(deliveries.get(3), "content-type", "text/plain"));
    assertViolated("hook.8 has the headers");
    Delivery right = sent(other, 204, 5);
    deliveries.set(3, new Delivery(right.headers(), right.body(), 204, 1_700_000_400_000L, 5, 10));
    assertViolated("hook.8 has the headers");
  }

  @Test
  void findsAnotherBody() {
    deliveries.set(0, sent("hook.5", "{}", 500, 10));
    Verdict.Violated violated = assertInstanceOf(Verdict.Violated.class, check().judge());
    assertEquals(
        List.of("hook.5 brought {}", "hook.5 had another body in another attempt"),
        violated.evidence().stream().map(line -> line.replaceFirst(", and.*$", "")).toList());
  }

  @Test
  void findsWhatNobodyElseWasToldOfOrAskedFor() {
    for (long position : List.of(4L, 6L, 9L)) {
      deliveries.add(sent(Told.order(position, "placed", "x", 1), 204, 50));
      assertViolated("hook." + position + " brought");
      deliveries.removeLast();
    }
  }
}
