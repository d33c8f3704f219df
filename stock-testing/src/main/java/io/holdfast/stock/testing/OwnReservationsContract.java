package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationPaging;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// For a call that is only of one customer there are no reservations but that customer's.
public abstract class OwnReservationsContract extends StockContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Customer ANN = new Customer("ann");
  private static final Customer BOB = new Customer("bob");

  private Call by(Customer customer) {
    return shop().call().onlyOf(customer);
  }

  private static Command.Reserve reserve(Customer customer, Line... lines) {
    return new Command.Reserve(List.of(lines), HOUR, customer);
  }

  private Outcome outcome(Command command, Customer as) {
    return shop().answer(command, by(as)).outcome();
  }

  private ReservationId reserved(Customer customer, Line... lines) {
    return only(Outcome.Reserved.class, outcome(reserve(customer, lines), customer)).reservation();
  }

  /// All that can be asked about a reservation.
  private static List<Command> about(ReservationId id) {
    List<Line> lines = List.of(Line.of("tea", 1));
    return List.of(
        new Command.Change(id, lines),
        new Command.Change(id, lines, 7L),
        new Command.Extend(id, HOUR),
        new Command.Commit(id),
        new Command.Commit(id, lines),
        new Command.Release(id),
        new Command.Return(id, List.of(), null),
        new Command.Expire(id),
        reserve(BOB, Line.of("tea", 1)).replacing(id));
  }

  @Test
  void doesWhatTheCustomerAsksWithItsOwn() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId id = reserved(ANN, Line.of("tea", 2));
    only(Outcome.Changed.class, outcome(new Command.Change(id, List.of(Line.of("tea", 3))), ANN));
    only(Outcome.Extended.class, outcome(new Command.Extend(id, HOUR), ANN));
    only(Outcome.Committed.class, outcome(new Command.Commit(id), ANN));
    only(Outcome.Returned.class, outcome(new Command.Return(id, List.of(), null), ANN));
    ReservationId second = reserved(ANN, Line.of("tea", 2));
    Command third = reserve(ANN, Line.of("tea", 4)).replacing(second);
    ReservationId replacing = only(Outcome.Reserved.class, outcome(third, ANN)).reservation();
    only(Outcome.Released.class, outcome(new Command.Release(replacing), ANN));
    assertEquals(new StockCount(10, 0, 9, 0), shop().count("tea"));
  }

  @Test
  void knowsNoReservationOfAnybodyElse() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId anns = reserved(ANN, Line.of("tea", 2));
    ReservationId nobodys = shop().reserved(Line.of("tea", 2));
    StockCount before = shop().count("tea");
    for (ReservationId id : List.of(anns, nobodys, new ReservationId(UUID.randomUUID()))) {
      for (Command command : about(id)) {
        assertEquals(new Refusal.UnknownReservation(id), outcome(command, BOB), command::toString);
      }
    }
    assertEquals(before, shop().count("tea"));
    only(Outcome.Committed.class, shop().outcome(new Command.Commit(anns)));
    only(Outcome.Released.class, shop().outcome(new Command.Release(nobodys)));
  }

  /// However it ended: the answer must not tell that from one that never was.
  @Test
  void knowsNoneThatHasEndedEither() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId committed = reserved(ANN, Line.of("tea", 2));
    ReservationId released = reserved(ANN, Line.of("tea", 2));
    shop().outcome(new Command.Commit(committed));
    shop().outcome(new Command.Release(released));
    for (ReservationId id : List.of(committed, released)) {
      for (Command command : about(id)) {
        assertEquals(new Refusal.UnknownReservation(id), outcome(command, BOB), command::toString);
      }
    }
  }

  /// What else is wrong with a command is told first, as it is for a reservation that is not there.
  @Test
  void tellsOfAnItemThatIsNotThereAsEver() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId anns = reserved(ANN, Line.of("tea", 2));
    List<Line> unknown = List.of(Line.of("gold", 1));
    Refusal expected = new Refusal.UnknownItem(new Sku("gold"));
    ReservationId nowhere = new ReservationId(UUID.randomUUID());
    assertEquals(expected, outcome(new Command.Change(anns, unknown), BOB));
    assertEquals(expected, outcome(new Command.Change(nowhere, unknown), BOB));
  }

  @Test
  void doesNothingOfCommandsTogetherIfOneIsAboutAnothers() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId anns = reserved(ANN, Line.of("tea", 2));
    ReservationId bobs = reserved(BOB, Line.of("tea", 2));
    StockCount before = shop().count("tea");
    Command together =
        new Command.Together(
            List.of(
                reserve(BOB, Line.of("tea", 1)),
                new Command.Commit(bobs),
                new Command.Release(anns)));
    assertEquals(
        new Refusal.PartRefused(2, new Refusal.UnknownReservation(anns)), outcome(together, BOB));
    assertEquals(before, shop().count("tea"));
    Command own =
        new Command.Together(List.of(reserve(BOB, Line.of("tea", 1)), new Command.Commit(bobs)));
    only(Outcome.DoneTogether.class, outcome(own, BOB));
  }

  @Test
  void decidesForEachInABatchOfItsOwn() throws SQLException {
    shop().stocks("tea", 100);
    List<ReservationId> anns = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      anns.add(reserved(ANN, Line.of("tea", 1)));
    }
    List<CompletableFuture<Answer>> bobs = new ArrayList<>();
    List<CompletableFuture<Answer>> own = new ArrayList<>();
    for (ReservationId id : anns) {
      bobs.add(shop().submit(new Command.Release(id), by(BOB)));
      own.add(shop().submit(new Command.Commit(id), by(ANN)));
    }
    bobs.forEach(answer -> only(Refusal.UnknownReservation.class, answer.join().outcome()));
    own.forEach(answer -> only(Outcome.Committed.class, answer.join().outcome()));
    assertEquals(90, shop().count("tea").onHand());
    assertEquals(0, shop().count("tea").reserved());
  }

  @Test
  void listsItsOwnNewestFirst() throws SQLException {
    shop().stocks("tea", 10);
    List<ReservationId> anns = new ArrayList<>();
    List<ReservationId> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      anns.addFirst(reserved(ANN, Line.of("tea", 1)));
      all.addFirst(anns.getFirst());
      all.addFirst(reserved(BOB, Line.of("tea", 1)));
      all.addFirst(shop().reserved(Line.of("tea", 1)));
    }
    shop().outcome(new Command.Commit(anns.getFirst()));
    assertEquals(anns, listed(ANN, null, 3));
    assertEquals(anns.subList(0, 2), listed(ANN, null, 2));
    assertEquals(anns.subList(2, 3), listed(ANN, anns.get(1), 2));
    assertEquals(all, listed(null, null, 9));
    assertEquals(all.subList(4, 8), listed(null, all.get(3), 4));
    assertEquals(List.of(), listed(new Customer("nobody"), null, 9));
  }

  private List<ReservationId> listed(
      @Nullable Customer onlyOf, @Nullable ReservationId olderThan, int limit) {
    return StockReader.of(database.pool())
        .reservations(shop().tenant(), new ReservationPaging(onlyOf, olderThan, limit))
        .stream()
        .map(ReservationView::id)
        .toList();
  }

  @Test
  void givesTheFirstAnswerToARepeatedKey() throws SQLException {
    shop().stocks("tea", 10);
    Call keyed = shop().call("one").onlyOf(ANN);
    Answer first = shop().answer(reserve(ANN, Line.of("tea", 2)), keyed);
    Answer second = shop().answer(reserve(ANN, Line.of("tea", 2)), keyed);
    assertEquals(new Answer(first.outcome(), true), second);
    assertEquals(2, shop().count("tea").reserved());
  }

  /// Whoever submits in a thread of its own is told there.
  private Answer submitted(Command command, Call call) throws Throwable {
    try {
      return shop().answer(command, call);
    } catch (CompletionException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  @Test
  void takesNoCommandForAnotherCustomer() throws SQLException {
    shop().stocks("tea", 10);
    List<Line> lines = List.of(Line.of("tea", 1));
    for (Command command :
        List.of(
            reserve(ANN, Line.of("tea", 1)),
            Shop.reserve(Line.of("tea", 1)),
            new Command.Purchase(lines, ANN),
            new Command.Together(List.of(new Command.Purchase(lines, null))))) {
      assertThrows(
          IllegalArgumentException.class, () -> submitted(command, by(BOB)), command::toString);
    }
    assertEquals(new StockCount(10, 0, 1, 0), shop().count("tea"));
  }
}
