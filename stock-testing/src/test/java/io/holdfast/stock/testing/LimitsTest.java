package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.TenantId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the constructors of the public API let nobody ask for.
class LimitsTest {
  private static final Call CALL = Call.by(new TenantId(1), new Actor("tester"));

  @ParameterizedTest
  @ValueSource(
      longs = {0, Line.MAX_QUANTITY + 1, -Line.MAX_QUANTITY - 1, Long.MAX_VALUE, Long.MIN_VALUE})
  void anAdjustmentIsBounded(long change) {
    assertThrows(IllegalArgumentException.class, () -> Shop.adjust("tea", change));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 86_401})
  void patienceIsBounded(long seconds) {
    assertThrows(
        IllegalArgumentException.class, () -> CALL.withPatience(Duration.ofSeconds(seconds)));
  }

  @Test
  void whatIsDoneTogetherIsBounded() {
    Command one = Shop.receive("tea", 1);
    refuses("commands must be 1 to 1000", List.of());
    refuses("commands must be 1 to 1000", Collections.nCopies(1_001, one));
    refuses("commands[1] must not hold commands", List.of(one, new Command.Together(List.of(one))));
    Command.Reserve full =
        new Command.Reserve(
            Collections.nCopies(Command.MAX_LINES, Line.of("tea", 1)), Duration.ofHours(1), null);
    assertEquals(8, new Command.Together(Collections.nCopies(8, full)).commands().size());
    refuses("commands must have at most 4000 lines", Collections.nCopies(9, full));
  }

  private static void refuses(String message, List<Command> commands) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Command.Together(commands));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused.getMessage());
  }

  @Test
  void onlyWhoNamesACustomerReplacesAReservation() {
    ReservationId older = new ReservationId(new UUID(0, 1));
    Command.Reserve anonymous = Shop.reserve(Line.of("tea", 1));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> anonymous.replacing(older));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("customer must be given"));
  }

  @Test
  void aTimeToLiveIsInMicrosecondsLikeTheInstantsOfTheDatabase() {
    Duration ttl = Duration.ofSeconds(90, 1_999);
    Duration micros = Duration.ofSeconds(90, 1_000);
    assertEquals(micros, Shop.reserveFor(ttl, Line.of("tea", 1)).ttl());
    assertEquals(micros, new Command.Extend(new ReservationId(new UUID(0, 1)), ttl).ttl());
  }

  @Test
  void oneAttachmentDoesNotTakeAnotherAway() {
    Attachment first = new Notes.Note("first");
    Attachment second = new Notes.Note("second");
    assertEquals(List.of(first, second), CALL.with(first).with(second).attachments());
  }

  /// To PostgreSQL, a limit of zero is none at all.
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0009S", "PT597H"})
  void everyWaitOfAnEngineIsBounded(Duration limit) {
    List<BiFunction<EngineSettings.Builder, Duration, EngineSettings.Builder>> limits =
        List.of(
            EngineSettings.Builder::batchLockTimeout,
            EngineSettings.Builder::lockTimeout,
            EngineSettings.Builder::statementTimeout,
            EngineSettings.Builder::transactionTimeout,
            EngineSettings.Builder::idleTimeout,
            EngineSettings.Builder::resolveTimeout);
    for (var set : limits) {
      EngineSettings.Builder builder = EngineSettings.of(Control.COMBINED).with();
      assertThrows(IllegalArgumentException.class, () -> set.apply(builder, limit).build());
    }
    assertThrows(
        IllegalArgumentException.class, () -> StockReader.of(TestDatabase.shared().pool(), limit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0.0009S", "PT597H"})
  void aSweepComesAgainInMillisecondsOrNever(Duration interval) {
    EngineSettings.Builder builder = EngineSettings.of(Control.COMBINED).with();
    assertThrows(IllegalArgumentException.class, () -> builder.sweepInterval(interval).build());
  }
}
