package io.holdfast.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  /// Always in the middle.
  private static final RandomGenerator EVEN =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public double nextDouble() {
          return 0.5;
        }
      };

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "12, 2048", "13, 3600", "20, 3600"})
  void isTwiceAsLongEachTimeUpToAnHour(int attempts, long seconds) {
    assertEquals(Duration.ofSeconds(seconds), Backoff.after(attempts, Duration.ZERO, EVEN));
  }

  @Test
  void isAFifthMoreOrLess() {
    RandomGenerator random = RandomGenerator.getDefault();
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1_000; i++) {
      long millis = Backoff.after(4, Duration.ZERO, random).toMillis();
      least = Math.min(least, millis);
      most = Math.max(most, millis);
    }
    assertTrue(least >= 6_400 && least < 7_200, "" + least);
    assertTrue(most <= 9_600 && most > 8_800, "" + most);
  }

  @Test
  void aReceiverIsLeftAloneAsLongAsItWantsUpToAnHour() {
    assertEquals(Duration.ofSeconds(90), Backoff.after(1, Duration.ofSeconds(90), EVEN));
    assertEquals(Duration.ofSeconds(8), Backoff.after(4, Duration.ofSeconds(2), EVEN));
    assertEquals(Duration.ofHours(1), Backoff.after(1, Duration.ofDays(9), EVEN));
  }

  @ParameterizedTest
  @CsvSource({
    "120, 120",
    "'Tue, 24 Nov 2026 09:02:00 GMT', 120",
    "'Tue, 24 Nov 2026 08:00:00 GMT', 0",
    "-5, 0",
    "soon, 0",
    "99999999999999999999, 0",
    "'', 0"
  })
  void retryAfterIsSecondsOrADate(String header, long seconds) {
    assertEquals(Duration.ofSeconds(seconds), RetryAfter.of(header, NOW));
  }

  @Test
  void withoutTheHeaderNothingIsAsked() {
    assertEquals(Duration.ZERO, RetryAfter.of(null, NOW));
  }
}
