package io.holdfast.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.webhook.Message.Result;
import io.holdfast.server.webhook.Outcome.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private static final Outcome TAKEN = new Outcome.Taken();
  private static final Outcome FAILED = new Outcome.Failed(Fault.TIMED_OUT);

  private static Message message(long position, String subject) {
    return new Message(position, "order.paid", subject, "{}", 0, false);
  }

  private static Map<Long, Optional<Outcome>> byPosition(List<Result> results) {
    return results.stream()
        .collect(Collectors.toMap(one -> one.message().position(), Result::outcome));
  }

  @Test
  void thoseOfASubjectGoOneAfterTheOther() throws InterruptedException {
    List<Long> sent = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger mostAtOnce = new AtomicInteger();
    Function<Message, Outcome> sending =
        one -> {
          mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          sent.add(one.position());
          atOnce.decrementAndGet();
          return TAKEN;
        };
    List<Message> messages = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      messages.add(message(i, "orders/1"));
    }
    List<Result> results = new Dispatch(() -> true, sending).send(messages);
    assertEquals(50, results.size());
    assertEquals(messages.stream().map(Message::position).toList(), sent);
    assertEquals(1, mostAtOnce.get());
  }

  @Test
  void thoseOfOthersGoMeanwhile() throws InterruptedException {
    CountDownLatch all = new CountDownLatch(4);
    Function<Message, Outcome> sending =
        _ -> {
          all.countDown();
          try {
            return all.await(10, TimeUnit.SECONDS) ? TAKEN : FAILED;
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    List<Result> results =
        new Dispatch(() -> true, sending)
            .send(List.of(message(1, "a"), message(2, "b"), message(3, "c"), message(4, "d")));
    assertTrue(results.stream().allMatch(Result::isTaken));
  }

  @Test
  void whatStandsBehindAFailureOfItsSubjectIsNotTried() throws InterruptedException {
    Map<Long, Optional<Outcome>> results =
        byPosition(
            new Dispatch(() -> true, one -> one.position() == 2 ? FAILED : TAKEN)
                .send(
                    List.of(
                        message(1, "a"),
                        message(2, "a"),
                        message(3, "b"),
                        message(4, "a"),
                        message(5, "b"))));
    assertEquals(
        Map.of(
            1L, Optional.of(TAKEN),
            2L, Optional.of(FAILED),
            3L, Optional.of(TAKEN),
            4L, Optional.empty(),
            5L, Optional.of(TAKEN)),
        results);
  }

  @Test
  void whatMayNotBeBegunAnyMoreIsLeft() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    Map<Long, Optional<Outcome>> results =
        byPosition(
            new Dispatch(() -> begun.incrementAndGet() <= 2, _ -> TAKEN)
                .send(List.of(message(1, "a"), message(2, "a"), message(3, "a"))));
    assertEquals(
        Map.of(1L, Optional.of(TAKEN), 2L, Optional.of(TAKEN), 3L, Optional.empty()), results);
  }

  @Test
  void nothingIsSentOfNothing() throws InterruptedException {
    assertEquals(List.of(), new Dispatch(() -> true, _ -> TAKEN).send(List.of()));
  }

  @Test
  void aBugIsNotTakenForAnOutcome() {
    Dispatch dispatch =
        new Dispatch(
            () -> true,
            _ -> {
              throw new IllegalArgumentException("a bug");
            });
    assertThrows(IllegalStateException.class, () -> dispatch.send(List.of(message(1, "a"))));
  }
}
