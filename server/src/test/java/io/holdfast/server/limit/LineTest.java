package io.holdfast.server.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final TenantId ONE = new TenantId(1);
  private static final TenantId OTHER = new TenantId(2);

  private final AtomicLong now = new AtomicLong();
  private final TenantTurns turns = new TenantTurns(new TenantShare(4, 2), now::get);

  private static final class Recorded extends Turn {
    final AtomicInteger worked = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();

    @Override
    void work() {
      worked.incrementAndGet();
    }

    @Override
    void refuse() {
      refused.incrementAndGet();
    }
  }

  @Test
  void aTenantAloneGetsMoreThanOneBesideOthers() {
    List<Recorded> some = enter(ONE, 6);
    assertEquals(4, worked(some));
    enter(OTHER, 1);
    some.subList(0, 2).forEach(turn -> turns.end(ONE, turn));
    assertEquals(4, worked(some), "four of six were worked on, two have ended, two may be");
    turns.end(ONE, some.get(2));
    assertEquals(5, worked(some));
    now.addAndGet(1_100_000_000L);
    turns.look();
    assertEquals(6, worked(some), "alone again");
  }

  @Test
  void oneTenantsLineIsNotAnothers() {
    enter(ONE, 50);
    assertEquals(2, worked(enter(OTHER, 2)));
  }

  @Test
  void whoeverWaitsTooLongIsRefusedOnceAndNeverWorkedOn() {
    List<Recorded> some = enter(ONE, 6);
    now.addAndGet(TenantTurns.MAX_WAIT.toNanos());
    turns.look();
    turns.look();
    assertEquals(2, some.stream().mapToInt(turn -> turn.refused.get()).sum());
    some.forEach(turn -> turns.end(ONE, turn));
    assertEquals(4, worked(some));
    assertEquals(0, turns.working());
    assertEquals(0, turns.waiting());
  }

  @Test
  void whoeverGoesAwayWhileWaitingTakesNobodysTurn() {
    List<Recorded> some = enter(ONE, 8);
    turns.end(ONE, some.get(4));
    turns.end(ONE, some.get(5));
    turns.end(ONE, some.get(0));
    assertEquals(0, some.get(4).worked.get());
    assertEquals(1, some.get(6).worked.get());
    some.forEach(turn -> turns.end(ONE, turn));
    some.forEach(turn -> turns.end(ONE, turn));
    assertEquals(0, turns.working());
    assertEquals(0, turns.waiting());
  }

  @Test
  void aFullLineRefusesAtOnce() {
    List<Recorded> some = enter(ONE, 4 + TenantTurns.MAX_WAITING + 3);
    assertEquals(3, some.stream().mapToInt(turn -> turn.refused.get()).sum());
    assertEquals(TenantTurns.MAX_WAITING, turns.waiting());
  }

  @Test
  void manyThreadsLoseNobodyAndNeverWorkOnTooMany() throws InterruptedException {
    Line line = new Line(TenantTurns.MAX_WAITING);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ConcurrentLinkedQueue<Turn> underWork = new ConcurrentLinkedQueue<>();
    int threads = 8;
    int each = 20_000;
    CountDownLatch worked = new CountDownLatch(threads * each);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int k = 0; k < each; k++) {
                      line.enter(new Counted(working, most, underWork, worked), 5, Long.MAX_VALUE);
                      if (ThreadLocalRandom.current().nextInt(3) > 0) {
                        endOne(line, working, underWork);
                      }
                      while (line.waiting() > 1_000) {
                        endOne(line, working, underWork);
                      }
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    while (worked.getCount() > 0) {
      endOne(line, working, underWork);
    }
    while (!underWork.isEmpty()) {
      endOne(line, working, underWork);
    }
    assertTrue(most.get() <= 5, "worked on " + most + " at once");
    assertEquals(0, line.working());
    assertEquals(0, line.waiting());
  }

  private static void endOne(Line line, AtomicInteger working, ConcurrentLinkedQueue<Turn> under) {
    Turn turn = under.poll();
    if (turn != null) {
      working.decrementAndGet();
      line.end(turn, 5);
    }
  }

  private static final class Counted extends Turn {
    private final AtomicInteger working;
    private final AtomicInteger most;
    private final ConcurrentLinkedQueue<Turn> under;
    private final CountDownLatch worked;

    Counted(
        AtomicInteger working,
        AtomicInteger most,
        ConcurrentLinkedQueue<Turn> under,
        CountDownLatch worked) {
      this.working = working;
      this.most = most;
      this.under = under;
      this.worked = worked;
    }

    @Override
    void work() {
      most.accumulateAndGet(working.incrementAndGet(), Math::max);
      under.add(this);
      worked.countDown();
    }

    @Override
    void refuse() {
      throw new AssertionError("nobody waits that long here");
    }
  }

  private List<Recorded> enter(TenantId tenant, int count) {
    List<Recorded> entered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Recorded turn = new Recorded();
      entered.add(turn);
      turns.enter(tenant, turn);
    }
    return entered;
  }

  private static int worked(List<Recorded> some) {
    return some.stream().mapToInt(turn -> turn.worked.get()).sum();
  }
}
