package io.holdfast.stock.control;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.transaction.Request;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private static final Call CALL = Call.by(new TenantId(1), new Actor("test"));
  private static final ReservationId ID = id(1);
  private static final Customer CUSTOMER = new Customer("c");

  private final Whereabouts whereabouts = new Whereabouts();

  private static ReservationId id(long number) {
    return new ReservationId(new UUID(0, number));
  }

  private static Request request(Command command, ReservationId id) {
    return new Request(command, CALL, () -> id, 0, false);
  }

  private void made(ReservationId id, String sku) {
    Command reserve = new Command.Reserve(List.of(Line.of(sku, 1)), Duration.ofHours(1), CUSTOMER);
    whereabouts.note(List.of(request(reserve, id)));
  }

  private static Set<Integer> names(Object... named) {
    return Arrays.stream(named).map(Object::hashCode).collect(toSet());
  }

  private static Set<Integer> names(Request request) {
    return Arrays.stream(request.touched()).boxed().collect(toSet());
  }

  private Request told(Command command) {
    Request request = request(command, ID);
    whereabouts.tell(request);
    return request;
  }

  @Test
  void ofAReservationThatWasMadeHereItemsAndCustomerAreKnown() {
    made(ID, "a");
    Request commit = told(new Command.Commit(ID));
    assertFalse(commit.touchesMore());
    assertEquals(names(ID, new Sku("a"), CUSTOMER), names(commit));
  }

  @Test
  void ofAnyOtherNothingIs() {
    made(ID, "a");
    assertTrue(told(new Command.Commit(id(2))).touchesMore());
  }

  @Test
  void aChangeAddsItsItems() {
    made(ID, "a");
    whereabouts.note(List.of(told(new Command.Change(ID, List.of(Line.of("b", 1)), null))));
    Request release = told(new Command.Release(ID));
    assertEquals(names(ID, new Sku("a"), new Sku("b"), CUSTOMER), names(release));
  }

  @Test
  void ofOneThatTouchesVeryMuchNothingIsKnown() {
    List<Line> lines = IntStream.range(0, 7).mapToObj(i -> Line.of("item-" + i, 1)).toList();
    Command reserve = new Command.Reserve(lines, Duration.ofHours(1), CUSTOMER);
    whereabouts.note(List.of(request(reserve, ID)));
    assertTrue(told(new Command.Commit(ID)).touchesMore());
  }

  @Test
  void thoseThatWereMadeLongAgoAreForgotten() {
    made(ID, "a");
    for (int i = 2; i < 2_000_000; i++) {
      made(id(i), "a");
    }
    assertTrue(told(new Command.Commit(ID)).touchesMore());
  }

  @Test
  void ofTheLastTenThousandHardlyOneIsForgotten() {
    for (int i = 1; i <= 10_000; i++) {
      made(id(i), "a");
    }
    long forgotten =
        IntStream.rangeClosed(1, 10_000)
            .filter(i -> told(new Command.Commit(id(i))).touchesMore())
            .count();
    assertTrue(forgotten < 100, () -> forgotten + " are forgotten");
  }
}
