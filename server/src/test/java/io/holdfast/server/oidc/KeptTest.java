package io.holdfast.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.server.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeptTest {
  private final AtomicLong nanos = new AtomicLong(-7);
  private final AtomicInteger asked = new AtomicInteger();
  private boolean isDown;
  private final Kept<Integer> kept = new Kept<>(this::answer, nanos::get);

  private int answer() {
    int count = asked.incrementAndGet();
    if (isDown) {
      throw ProviderFault.unreachable("down " + count);
    }
    return count;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void isAskedForOnceInAWhile() {
    assertEquals(1, kept.get());
    pass(Kept.LIFE.minusNanos(1));
    assertEquals(1, kept.get());
    pass(Duration.ofNanos(1));
    assertEquals(2, kept.get());
  }

  @Test
  void isNotUsedBeyondItsTimeWhenTheProviderIsDown() {
    assertEquals(1, kept.get());
    isDown = true;
    pass(Kept.LIFE);
    assertThrows(ProblemException.class, kept::get);
  }

  @Test
  void aFailureIsToldToOthersForAMoment() {
    isDown = true;
    assertThrows(ProblemException.class, kept::get);
    isDown = false;
    pass(Kept.FAILURE_LIFE.minusNanos(1));
    ProblemException failure = assertThrows(ProblemException.class, kept::get);
    assertEquals("down 1", failure.problem().detail());
    pass(Duration.ofNanos(1));
    assertEquals(2, kept.get());
  }

  @Test
  void isRenewedAtOnceAndThenNotForAWhile() {
    Integer first = kept.get();
    assertEquals(2, kept.renewed(first));
    assertEquals(2, kept.renewed(first));
    assertEquals(2, kept.renewed(2));
    pass(Kept.QUIET.minusNanos(1));
    assertEquals(2, kept.renewed(2));
    pass(Duration.ofNanos(1));
    assertEquals(3, kept.renewed(2));
    assertEquals(3, asked.get());
  }
}
