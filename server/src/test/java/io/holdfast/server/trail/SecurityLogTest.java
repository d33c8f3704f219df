package io.holdfast.server.trail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SecurityLogTest {
  private static final SecurityLog.Event GUESS =
      new SecurityLog.Event("wrong_credentials", "user 7 of tenant 3", "192.0.2.1");

  private final AtomicLong seconds = new AtomicLong();
  private final List<String> lines = new ArrayList<>();
  private final SecurityLog log = new SecurityLog(() -> seconds.get() * 1_000_000_000, lines::add);

  @Test
  void anEventIsALine() {
    log.tell(GUESS, "r1");
    assertEquals(
        List.of(
            "event=wrong_credentials who=\"user 7 of tenant 3\" address=192.0.2.1 request=r1"
                + " more=0"),
        lines);
  }

  @Test
  void thoseThatAreAlikeAreCountedAndToldLater() {
    for (int i = 0; i < 1_000; i++) {
      log.tell(GUESS, "r" + i);
    }
    assertEquals(1, lines.size());
    seconds.set(10);
    log.tell(GUESS, "last");
    assertEquals(2, lines.size());
    assertTrue(lines.getLast().endsWith("request=last more=999"), lines.getLast());
  }

  @Test
  void anotherIsNotHidden() {
    log.tell(GUESS, "r1");
    log.tell(new SecurityLog.Event("wrong_credentials", "user 8 of tenant 3", "192.0.2.1"), "r2");
    log.tell(new SecurityLog.Event("wrong_credentials", "user 7 of tenant 3", "192.0.2.2"), "r3");
    log.tell(new SecurityLog.Event("token_refused", "user 7 of tenant 3", "192.0.2.1"), "r4");
    assertEquals(4, lines.size());
  }

  @Test
  void aFloodFromEverywhereIsBounded() {
    for (int i = 0; i < 3 * SecurityLog.MAX_KNOWN; i++) {
      log.tell(new SecurityLog.Event("rate_limited", "nobody", "2001:db8::" + i), "r" + i);
    }
    assertEquals(SecurityLog.MAX_KNOWN + 1, lines.size());
    assertTrue(lines.getLast().contains("address=many"), lines.getLast());
    seconds.set(10);
    lines.clear();
    log.tell(GUESS, "r");
    assertTrue(lines.getFirst().contains("address=192.0.2.1"), lines.getFirst());
  }
}
