package io.holdfast.stock.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.transaction.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who goes with whom, who passes whom, and that everybody's turn comes.
class BacklogTest {
  private static final Call CALL = Call.by(new TenantId(1), new Actor("test"));
  private static final Duration TTL = Duration.ofHours(1);
  private static final int MOST = 40;
  private static final int SMALL = MOST / 20;

  private final Backlog backlog =
      new Backlog(
          EngineSettings.with(Control.COMBINED)
              .laneBatches(2)
              .batchCommands(MOST)
              .batchRows(Command.MAX_LINES)
              .build());

  private static Request caller(Command command) {
    return request(command, false);
  }

  private static Request request(Command command, boolean isBackground) {
    return new Request(command, CALL, () -> id(0), 0, isBackground);
  }

  private static ReservationId id(long number) {
    return new ReservationId(new UUID(0, number));
  }

  private static Request wants(String... skus) {
    List<Line> lines = Arrays.stream(skus).map(sku -> Line.of(sku, 1)).toList();
    return caller(new Command.Reserve(lines, TTL, null));
  }

  private static Request expires(long number, String sku) {
    Request request = request(new Command.Expire(id(number)), true);
    request.suppose(new int[] {new Sku(sku).hashCode()});
    return request;
  }

  private List<Request> add(Request... requests) {
    List<Request> added = List.of(requests);
    added.forEach(backlog::add);
    return added;
  }

  private Batch goes(Request request) {
    backlog.add(request);
    Batch batch = backlog.take();
    assertEquals(List.of(request), batch.requests());
    return batch;
  }

  private void end(Batch batch) {
    backlog.done(batch, batch.undone());
  }

  private List<Request> addOfDifferentItems(int count) {
    return add(IntStream.range(0, count).mapToObj(i -> wants("item" + i)).toArray(Request[]::new));
  }

  @Test
  void allWhoWantOneRowGoTogether() {
    List<Request> all = add(wants("hot"), wants("hot"), wants("hot"), wants("hot"));
    assertEquals(all, backlog.take().requests());
  }

  @Test
  void thoseWhoWantDifferentRowsMakeTwoBatches() {
    List<Request> all = addOfDifferentItems(6);
    assertEquals(all.subList(0, 3), backlog.take().requests());
    assertEquals(all.subList(3, 6), backlog.take().requests());
  }

  @Test
  void thereAreNoMoreBatchesThanChosen() {
    addOfDifferentItems(6);
    Batch first = backlog.take();
    backlog.take();
    add(wants("another"));
    assertFalse(backlog.isReady());
    end(first);
    assertTrue(backlog.isReady());
  }

  @Test
  void whoeverWantsARowOnItsWayComesAfterIt() {
    Batch first = goes(wants("a"));
    List<Request> second = add(wants("a"), wants("a"));
    assertFalse(backlog.isReady());
    end(first);
    assertEquals(second, backlog.take().requests());
  }

  @Test
  void nobodyPassesWhoWaitsForTheSameRow() {
    var _ = goes(wants("a"));
    add(wants("a", "b"), wants("b"));
    assertFalse(backlog.isReady(), "b came after somebody who waits for a and b");
  }

  @Test
  void whoWasFreeBeforeSomebodyBehindStaysBefore() {
    Batch first = goes(wants("b"));
    Request free = wants("a");
    Request behind = wants("a", "b");
    add(free, behind);
    end(first);
    assertEquals(List.of(free, behind), backlog.take().requests());
  }

  @Test
  void whoTouchesRowsThatNobodyKnowsGoesWithNobodyBeside() {
    Batch first = goes(wants("a"));
    List<Request> unknown = add(caller(new Command.Commit(id(1))), wants("b"));
    assertFalse(backlog.isReady());
    end(first);
    assertEquals(unknown, backlog.take().requests());
    add(wants("c"));
    assertFalse(backlog.isReady());
  }

  @Test
  void whatIsSupposedOfARowLetsOthersGoBeside() {
    Request commit = caller(new Command.Commit(id(1)));
    commit.suppose(new int[] {new Sku("a").hashCode()});
    add(commit);
    backlog.take();
    add(wants("a"));
    assertFalse(backlog.isReady());
    List<Request> other = add(wants("b"));
    assertEquals(other, backlog.take().requests());
  }

  @Test
  void theBackgroundHasAllWhenItIsQuiet() {
    List<Request> due =
        add(IntStream.range(0, MOST).mapToObj(i -> expires(i, "a")).toArray(Request[]::new));
    assertEquals(due, backlog.take().requests());
  }

  @Test
  void theBackgroundGoesBesideCallersInSmallBatches() {
    Request caller = wants("a");
    List<Request> due =
        add(IntStream.range(0, MOST).mapToObj(i -> expires(i, "b" + i)).toArray(Request[]::new));
    var _ = goes(caller);
    assertEquals(due.subList(0, SMALL), backlog.take().requests());
    assertEquals(due.subList(SMALL, 2 * SMALL), backlog.take().requests());
    assertFalse(backlog.isReady(), "two at a time");
  }

  @Test
  void callersTakeAlongWhatIsDueOfTheirRow() {
    Request caller = wants("hot");
    add(caller, expires(1, "other"), expires(2, "hot"));
    List<Request> together = backlog.take().requests();
    assertEquals(caller, together.getFirst());
    assertEquals(id(2), ((Command.Expire) together.getLast().command()).reservation());
    assertEquals(2, together.size());
  }

  @Test
  void callersAndTheBackgroundTakeTurns() {
    add(wants("a"));
    Batch first = backlog.take();
    add(expires(1, "b"), expires(2, "c"));
    List<Request> callers = add(wants("d"));
    Batch background = backlog.take();
    assertTrue(background.requests().getFirst().isBackground(), "though a caller is ready");
    end(background);
    assertEquals(callers, backlog.take().requests());
    end(first);
  }

  @Test
  void theBackgroundPassesNoCallerWhoWaits() {
    var _ = goes(wants("a"));
    add(caller(new Command.Commit(id(1))), expires(2, "b"));
    Batch nobody = backlog.take();
    assertEquals(List.of(), nobody.requests());
    end(nobody);
    assertFalse(backlog.isReady(), "before anybody is done it is of no use to look again");
  }

  @Test
  void whoIsGivenBackComesFirst() {
    Batch first = goes(wants("a"));
    List<Request> second = add(wants("a"));
    backlog.giveBack(first.requests());
    end(first);
    assertEquals(
        List.of(first.requests().getFirst(), second.getFirst()), backlog.take().requests());
  }

  @Test
  void whoHasLostPatienceIsInNobodysWay() {
    var _ = goes(wants("a"));
    add(wants("a", "b"));
    long later = CALL.patience().toNanos() + 1;
    assertEquals(1, backlog.removeOverdue(later).size());
    add(wants("b"));
    assertTrue(backlog.isReady());
  }

  @Test
  void thoseWhoAreDoneHaveNoRowsAnyMore() {
    List<Request> together = add(wants("a", "b"), wants("b", "c"));
    Batch batch = backlog.take();
    assertEquals(together, batch.requests());
    add(wants("a"));
    assertFalse(backlog.isReady());
    backlog.done(batch, together.subList(0, 1));
    assertTrue(backlog.isReady());
  }

  @Test
  void whoCameFirstGoesFirstThoughSomebodyWasBefore() {
    Batch first = goes(wants("popular"));
    List<Request> popular = add(wants("popular"));
    addOfDifferentItems(3);
    end(first);
    assertEquals(popular.getFirst(), backlog.take().requests().getFirst());
  }

  @Test
  void aLargeCrowdIsLookedAtInParts() {
    Batch first = goes(wants("hot"));
    add(IntStream.range(0, 4 * MOST).mapToObj(_ -> wants("hot")).toArray(Request[]::new));
    add(wants("cold"));
    assertFalse(backlog.isReady());
    end(first);
    backlog.take();
    assertTrue(backlog.isReady());
    assertArrayEquals(wants("cold").touched(), backlog.take().requests().getFirst().touched());
  }

  @Test
  void whatIsDueWaitsForNothingWhenNothingIsOnItsWay() {
    Batch first = goes(wants("a"));
    add(expires(1, "a"));
    end(backlog.take());
    assertFalse(backlog.isReady());
    end(first);
    assertTrue(backlog.isReady());
  }

  @Test
  void aBatchOnItsWayTakesThoseAlongWhoWantNoOtherRows() {
    Batch batch = goes(wants("a", "b"));
    List<Request> waiting = add(wants("a"), wants("c"), wants("b", "c"), wants("b"), wants("a"));
    List<Request> joined = backlog.join(batch, request -> !waiting.subList(1, 3).contains(request));
    assertEquals(List.of(waiting.getFirst(), waiting.getLast()), joined, "nobody passes");
    assertEquals(List.of(waiting.get(1)), backlog.take().requests());
    end(batch);
    assertFalse(backlog.isReady(), "what is left is behind that");
  }

  /// Random commands over few rows, taken and ended in random order.
  @Test
  void rowsAreNeverSharedOrderIsKeptAndEverybodysTurnComes() {
    for (int seed = 0; seed < 300; seed++) {
      new Story(seed).play();
    }
  }

  private static final class Story {
    private static final List<String> SKUS = List.of("a", "b", "c", "d", "e");

    private final int seed;
    private final SplittableRandom random;
    private final Backlog backlog =
        new Backlog(
            EngineSettings.with(Control.COMBINED)
                .laneBatches(3)
                .batchCommands(5)
                .batchRows(Command.MAX_LINES)
                .build());
    private final Map<Request, Integer> order = new HashMap<>();
    private final Map<Integer, Integer> last = new HashMap<>();
    private final List<Batch> onTheWay = new ArrayList<>();
    private final Set<Request> taken = new HashSet<>();

    Story(int seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
    }

    void play() {
      for (int step = 0; step < 200; step++) {
        switch (random.nextInt(4)) {
          case 0 -> add();
          case 1 -> take();
          case 2 -> join();
          default -> end();
        }
      }
      while (!onTheWay.isEmpty() || backlog.isReady()) {
        take();
        end();
      }
      assertEquals(order.keySet(), taken, "seed " + seed);
      assertTrue(backlog.isIdle(), "seed " + seed);
    }

    private void add() {
      Request request =
          switch (random.nextInt(6)) {
            case 0 -> caller(new Command.Commit(id(random.nextInt(3))));
            case 1 -> expires(random.nextLong(), any());
            case 2 -> wants(Stream.generate(this::any).limit(3).distinct().toArray(String[]::new));
            default -> wants(any());
          };
      order.put(request, order.size());
      backlog.add(request);
    }

    private String any() {
      return SKUS.get(random.nextInt(SKUS.size()));
    }

    private void take() {
      if (!backlog.isReady()) {
        return;
      }
      Batch batch = backlog.take();
      goOff(batch.requests(), onTheWay);
      if (!batch.isEmpty()) {
        onTheWay.add(batch);
      }
    }

    /// A batch of which nobody is done yet takes those along who want nothing but its rows.
    private void join() {
      List<Batch> whole =
          onTheWay.stream().filter(batch -> batch.undone().size() == batch.size()).toList();
      if (whole.isEmpty()) {
        return;
      }
      Batch batch = whole.get(random.nextInt(whole.size()));
      Set<Integer> rows = new HashSet<>();
      batch.requests().forEach(each -> Arrays.stream(each.touched()).forEach(rows::add));
      List<Request> joined =
          backlog.join(
              batch,
              request ->
                  !request.touchesMore()
                      && Arrays.stream(request.touched()).allMatch(rows::contains));
      assertTrue(batch.requests().containsAll(joined) && batch.size() <= 5, "seed " + seed);
      goOff(joined, onTheWay.stream().filter(other -> other != batch).toList());
    }

    private void goOff(List<Request> requests, List<Batch> others) {
      for (Request request : requests) {
        assertTrue(taken.add(request), "seed " + seed);
        for (Batch other : others) {
          other.undone().forEach(each -> assertFalse(meet(request, each), "seed " + seed));
        }
        if (!request.isBackground()) {
          inOrder(request);
        }
      }
    }

    private void inOrder(Request request) {
      int number = order.getOrDefault(request, -1);
      for (int name : request.touched()) {
        assertTrue(last.getOrDefault(name, -1) < number, "seed " + seed);
        last.put(name, number);
      }
    }

    private static boolean meet(Request one, Request other) {
      return one.touchesMore()
          || other.touchesMore()
          || Arrays.stream(one.touched())
              .anyMatch(name -> Arrays.stream(other.touched()).anyMatch(each -> each == name));
    }

    private void end() {
      if (onTheWay.isEmpty()) {
        return;
      }
      Batch batch = onTheWay.get(random.nextInt(onTheWay.size()));
      List<Request> undone = batch.undone();
      backlog.done(batch, undone.subList(0, 1 + random.nextInt(undone.size())));
      onTheWay.removeIf(Batch::isOver);
    }
  }
}
