package io.holdfast.stock.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private static final ReservationId ID = new ReservationId(new UUID(1, 1));
  private static final Verdict EFFECT =
      new Verdict.Answered(
          new Answer(new Outcome.Purchased(ID, List.of(), null, Instant.EPOCH), false));
  private static final Verdict REPEAT =
      new Verdict.Answered(
          new Answer(new Outcome.Purchased(ID, List.of(), null, Instant.EPOCH), true));
  private static final Verdict REFUSAL =
      new Verdict.Answered(new Answer(new Refusal.KeyReused(), false));

  private final Repeats repeats = new Repeats();

  private static Request request(Call call) {
    Command purchase = new Command.Purchase(List.of(Line.of("tea", 1)), null);
    return new Request(purchase, call, () -> ID, 0, false);
  }

  private void count(int times, Verdict... verdicts) {
    Call call = Call.by(new TenantId(1), new Actor("test"));
    Map<Request, Verdict> all = new HashMap<>();
    for (Verdict verdict : verdicts) {
      all.put(request(call.withKey(new IdempotencyKey("key"))), verdict);
    }
    // Without a key there is nothing to be looked up.
    all.put(request(call), REFUSAL);
    for (int i = 0; i < times; i++) {
      repeats.count(all);
    }
  }

  @Test
  void keysAreTakenForNew() {
    assertEquals(KeyLookup.AFTER, repeats.lookup());
    count(100, EFFECT);
    count(100);
    assertEquals(KeyLookup.AFTER, repeats.lookup());
  }

  @Test
  void onlyWhereManyHaveNoEffectTheyAreLookedUpBefore() {
    count(100, EFFECT, EFFECT, EFFECT, EFFECT, REFUSAL);
    assertEquals(KeyLookup.AFTER, repeats.lookup());
    count(100, EFFECT, REFUSAL);
    assertEquals(KeyLookup.BEFORE, repeats.lookup());
    count(100, EFFECT);
    assertEquals(KeyLookup.AFTER, repeats.lookup());
    count(100, EFFECT, REPEAT);
    assertEquals(KeyLookup.BEFORE, repeats.lookup());
  }

  @Test
  void afterOneThatWasUndoneTheyAreForAWhile() {
    repeats.undone();
    count(20, EFFECT);
    assertEquals(KeyLookup.BEFORE, repeats.lookup());
    count(20, EFFECT);
    assertEquals(KeyLookup.AFTER, repeats.lookup());
  }
}
