package io.holdfast.proof.prove;

import io.holdfast.proof.checker.Struck;
import io.holdfast.proof.fault.Breaker;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.workload.Breakage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Breaks one thing after the other while buyers go on, each when what was broken before works
/// again.
final class Campaign {
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
  private static final long REST_MILLIS = 400;
  private static final long LAST_SECONDS_MAX = 180;

  private final List<Breakage> strikes;
  private final Breaker breaker;
  private final Recovery recovery;
  private final CompletableFuture<List<Struck>> struck = new CompletableFuture<>();

  private Campaign(List<Breakage> strikes, Breaker breaker, Recovery recovery) {
    this.strikes = List.copyOf(strikes);
    this.breaker = breaker;
    this.recovery = recovery;
  }

  /// @param enough told when the last thing works again
  static Campaign start(
      List<Breakage> strikes,
      Breaker breaker,
      Recovery recovery,
      long startNanos,
      Runnable enough) {
    Campaign campaign = new Campaign(strikes, breaker, recovery);
    Thread.ofVirtual()
        .start(
            () -> {
              campaign.carryOut(startNanos + LEAD_NANOS);
              enough.run();
            });
    return campaign;
  }

  /// What was broken, once that works again.
  List<Struck> struck() throws Exception {
    return struck.get(LAST_SECONDS_MAX, TimeUnit.SECONDS);
  }

  private void carryOut(long firstNanos) {
    try {
      Ticker.pauseUntil(firstNanos);
      List<Struck> all = new ArrayList<>();
      for (Breakage breakage : strikes) {
        long start = Ticker.nanos();
        int times = breaker.carryOut(breakage);
        long mended = Ticker.nanos();
        all.add(
            new Struck(
                breakage, times, start, mended, recovery.await(mended), recovery.stuckSessions()));
        Ticker.pauseMillis(REST_MILLIS);
      }
      struck.complete(all);
    } catch (Exception failed) {
      struck.completeExceptionally(failed);
    }
  }
}
