package io.holdfast.server.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bucket is held to a model that says what a bucket is, in decimal numbers and seconds.
class TokenBucketTest {

  private static final class Model {
    private final Rate rate;
    private BigDecimal tokens;
    private long atMicros;

    Model(Rate rate, long nowMicros) {
      this.rate = rate;
      this.tokens = BigDecimal.valueOf(rate.burst());
      this.atMicros = nowMicros;
    }

    long lease(long charge, long wish, long nowMicros) {
      if (nowMicros > atMicros) {
        BigDecimal seconds = BigDecimal.valueOf(nowMicros - atMicros, 6);
        tokens = tokens.add(seconds.multiply(BigDecimal.valueOf(rate.perSecond())));
        atMicros = nowMicros;
      }
      BigDecimal full = BigDecimal.valueOf(rate.burst());
      tokens = tokens.min(full).subtract(BigDecimal.valueOf(charge)).min(full);
      long granted = Math.clamp(tokens.longValue(), 0, wish);
      tokens = tokens.subtract(BigDecimal.valueOf(granted));
      return granted;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesWhatTheModelGives(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 200; run++) {
      Rate rate = rate(random);
      long now = random.nextLong(1_000_000_000_000L);
      TokenBucket bucket = new TokenBucket(rate, rate.burstMicroTokens(), now);
      Model model = new Model(rate, now);
      for (int step = 0; step < 100; step++) {
        // At times the clock goes backwards.
        now += random.nextLong(-1_000, random.nextInt(10) == 0 ? 100_000_000 : 20_000);
        long charge = random.nextLong(-rate.burst(), rate.burst() + 1);
        long wish = random.nextLong(rate.burst() * 2);
        Grant grant = bucket.lease(charge, wish, now);
        assertEquals(model.lease(charge, wish, now), grant.tokens(), "seed " + seed);
        assertEquals(
            0, model.tokens.compareTo(BigDecimal.valueOf(grant.leftMicroTokens(), 6)), "left");
        assertTrue(grant.leftMicroTokens() <= rate.burstMicroTokens());
      }
    }
  }

  private static Rate rate(SplittableRandom random) {
    long perSecond = random.nextLong(1, random.nextBoolean() ? 10 : 1_000_000);
    return new Rate(perSecond, random.nextLong(1, Math.min(perSecond * 3_600, 5_000_000) + 1));
  }
}
