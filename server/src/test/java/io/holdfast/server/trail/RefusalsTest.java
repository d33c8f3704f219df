package io.holdfast.server.trail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.trail.Refusals.Kind;
import io.holdfast.server.trail.Refusals.Taken;
import io.holdfast.stock.TenantId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Subject SUBJECT = new Subject("address", "/v1/locations");

  private final Refusals refusals = new Refusals();

  private static Kind by(String actor) {
    return new Kind(new TenantId(1), actor, "openLocation", "127.0.0.1", "change_locations");
  }

  @Test
  void thatAreAlikeBecomeOneThatTellsHowMany() {
    for (int i = 0; i < 5_000; i++) {
      refusals.add(by("somebody"), "request-" + i, SUBJECT);
    }
    refusals.add(by("another"), "request-x", SUBJECT);
    Taken taken = refusals.take();
    assertEquals(List.of(5_000L, 1L), taken.entries().stream().map(Entry::times).toList());
    assertEquals("request-0", taken.entries().getFirst().requestId());
    assertEquals(0, taken.dropped());
    assertTrue(refusals.take().entries().isEmpty());
  }

  @Test
  void beyondTheRoomAreCounted() {
    for (int i = 0; i < Refusals.MAX_KINDS + 10; i++) {
      refusals.add(by("actor " + i), "request", SUBJECT);
    }
    refusals.add(by("actor 0"), "request", SUBJECT);
    Taken taken = refusals.take();
    assertEquals(Refusals.MAX_KINDS, taken.entries().size());
    assertEquals(10, taken.dropped());
    assertEquals(0, refusals.take().dropped());
  }

  @Test
  void thatCouldNotBeWrittenAreKeptWithThoseThatCameMeanwhile() {
    refusals.add(by("somebody"), "first", SUBJECT);
    Taken taken = refusals.take();
    refusals.add(by("somebody"), "second", SUBJECT);
    refusals.giveBack(taken.entries());
    assertEquals(List.of(2L), refusals.take().entries().stream().map(Entry::times).toList());
  }
}
