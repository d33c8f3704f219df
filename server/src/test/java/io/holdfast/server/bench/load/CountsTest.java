package io.holdfast.server.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.stock.EngineObserver.Retry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CountsTest {
  @Test
  void countsOnlyWhatHappensWhileItIsMeasured() {
    Counts counts = new Counts();
    counts.retried(Retry.CONFLICT);
    counts.open();
    counts.retried(Retry.CONFLICT);
    counts.retried(Retry.ROW_HELD);
    counts.transactionEnded(1, 0, TimeUnit.MILLISECONDS.toNanos(9), 0);
    counts.transactionEnded(1, 0, TimeUnit.MILLISECONDS.toNanos(1), 0);
    counts.close();
    counts.retried(Retry.CONFLICT);
    Map<String, Object> members = counts.members();
    assertEquals(2L, members.get("retries"));
    assertEquals(1L, members.get("conflicts"));
    assertEquals(1L, members.get("lock_waits"));
    assertEquals(2L, members.get("transactions"));
    assertEquals(5.0, members.get("lock_ms"));
  }
}
