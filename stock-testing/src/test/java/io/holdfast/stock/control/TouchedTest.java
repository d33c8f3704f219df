package io.holdfast.stock.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.transaction.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TouchedTest {
  private static final Call CALL = Call.by(new TenantId(1), new Actor("test"));
  private static final ReservationId ID = new ReservationId(new UUID(1, 1));

  private final Touched touched = new Touched();

  private static Request request(Command command) {
    return new Request(command, CALL, () -> ID, 0, false);
  }

  private static Request wants(int... items) {
    List<Line> lines = IntStream.of(items).mapToObj(i -> Line.of("item-" + i, 1)).toList();
    return request(new Command.Reserve(lines, Duration.ofHours(1), null));
  }

  @Test
  void nobodyMeetsNobody() {
    assertFalse(touched.meets(wants(1)));
    assertFalse(touched.meets(request(new Command.Commit(ID))));
    assertTrue(touched.isEmpty());
  }

  @Test
  void whoTouchesMoreMeetsEverybodyAndIsMetByEverybody() {
    touched.add(wants(1));
    assertTrue(touched.meets(request(new Command.Commit(ID))));
    touched.remove(wants(1));
    touched.add(request(new Command.Commit(ID)));
    assertTrue(touched.meets(wants(2)));
    touched.clear();
    assertFalse(touched.meets(wants(2)));
  }

  @Test
  void aRowIsTouchedUntilTheLastOfThemIsGone() {
    touched.add(wants(1, 2));
    touched.add(wants(2, 3));
    touched.remove(wants(1, 2));
    assertFalse(touched.meets(wants(1)));
    assertTrue(touched.meets(wants(2)));
    touched.remove(wants(2, 3));
    assertFalse(touched.meets(wants(2)));
    assertTrue(touched.isEmpty());
  }

  /// Beside a count of its own that goes through all, for rows that come and go until the table has
  /// been made anew many times, with more rows and with as many.
  @ParameterizedTest
  @ValueSource(ints = {3, 40, 2_000})
  void itKnowsWhatIsTouchedHoweverManyComeAndGo(int most) {
    Random random = new Random(most);
    List<int[]> here = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      if (here.size() < most && random.nextBoolean()) {
        int[] items =
            IntStream.range(0, 1 + random.nextInt(3)).map(_ -> random.nextInt(5_000)).toArray();
        here.add(items);
        touched.add(wants(items));
      } else if (!here.isEmpty()) {
        touched.remove(wants(here.remove(random.nextInt(here.size()))));
      }
      int item = random.nextInt(5_000);
      if (step % 20 == 0) {
        boolean isHere = here.stream().flatMapToInt(IntStream::of).anyMatch(each -> each == item);
        assertEquals(isHere, touched.meets(wants(item)), "step " + step);
      }
    }
    assertEquals(here.isEmpty(), touched.isEmpty());
  }
}
