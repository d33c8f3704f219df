package io.holdfast.stock.control;

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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private static final Call CALL = Call.by(new TenantId(1), new Actor("test"));
  private static final ReservationId ID = id(1);
  private static final Customer CUSTOMER = new Customer("c");

  private final Whereabouts whereabouts = new Whereabouts();

  private static ReservationId id(long number) {
    return new ReservationId(new UUID(number, number));
  }

  private static Request request(Command command, ReservationId id) {
    return new Request(command, CALL, () -> id, 0, false);
  }

  private void made(ReservationId id, String sku) {
    Command reserve = new Command.Reserve(List.of(Line.of(sku, 1)), Duration.ofHours(1), CUSTOMER);
    whereabouts.note(List.of(request(reserve, id)));
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
    assertEquals(Set.of(ID, new Sku("a"), CUSTOMER), Set.copyOf(commit.touched()));
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
    List<Object> touched = told(new Command.Release(ID)).touched();
    assertTrue(touched.containsAll(List.of(new Sku("a"), new Sku("b"))), touched::toString);
  }

  @Test
  void thoseThatWereMadeLongAgoAreForgotten() {
    made(ID, "a");
    for (int i = 2; i < 30_000; i++) {
      made(id(i), "a");
    }
    assertTrue(told(new Command.Commit(ID)).touchesMore());
  }
}
