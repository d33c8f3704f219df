package io.holdfast.stock.transaction;

import io.holdfast.stock.ReservationId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes reservation ids: UUIDs of version 7 (RFC 9562, section 5.7), with the milliseconds in the
/// first 48 bits and a counter in the 12 after the version, so that the ids of one process ascend.
public final class ReservationIds {
  private static final int COUNTER_BITS = 12;

  private final InstantSource clock;
  private final RandomGenerator random;
  private long last;

  public ReservationIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public synchronized ReservationId next() {
    // A counter that runs over borrows from the next millisecond.
    last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
    long millis = last >>> COUNTER_BITS;
    long counter = last & ((1L << COUNTER_BITS) - 1);
    long high = millis << 16 | 0x7000L | counter;
    long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
    return new ReservationId(new UUID(high, low));
  }
}
