package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// How long a tenant keeps what is old. What comes of it is the engine's to show.
class RetentionRoutesTest {
  private static final String RETENTION = "/v1/stock/retention";

  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @AfterAll
  static void keepsEverythingAgain() {
    TestNode.shared().tenant("sweet-shop").put(RETENTION, "{}");
  }

  @Test
  void aTenantChoosesAndNobodysChoiceIsLost() {
    Reply before = shop.get(RETENTION);
    assertEquals(200, before.status(), before.text());
    Reply chosen =
        shop.put(
            RETENTION,
            "{\"keys_days\":30,\"movements_days\":400}",
            "If-Match",
            before.header("ETag"));
    assertEquals(200, chosen.status(), chosen.text());
    assertEquals(30, chosen.body().get("keys_days").asLong());
    assertTrue(chosen.body().get("reservations_days").isNull());
    assertEquals(400, chosen.body().get("movements_days").asLong());
    assertEquals(chosen.header("ETag"), shop.get(RETENTION).header("ETag"));
    Reply stale = shop.put(RETENTION, "{\"keys_days\":1}", "If-Match", before.header("ETag"));
    assertEquals(412, stale.status(), stale.text());
    assertEquals(30, shop.get(RETENTION).body().get("keys_days").asLong());
  }

  @Test
  void nobodyChoosesLessThanADay() {
    Reply refused = shop.put(RETENTION, "{\"reservations_days\":0}");
    assertEquals(400, refused.status(), refused.text());
    assertEquals("reservations_days", refused.member());
  }
}
