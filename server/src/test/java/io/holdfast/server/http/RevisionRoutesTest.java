package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Reservations that do not go straight: in part, changed, replaced, late, and back again.
class RevisionRoutesTest {
  private static final Duration MAX_EXPIRY = Duration.ofSeconds(15);
  private static final String POLICY = "/v1/stock/policy";

  private final Shop shop = TestNode.shared().tenant("sweet-shop");
  private final String sku = shop.stocked(10);

  @AfterAll
  static void refusesLateCommitsAgain() {
    choose("refuse");
  }

  @Test
  void whoIsContentWithLessIsToldWhatIsMissing() {
    Reply held = reserve(12, "\"partial\":true");
    assertEquals(201, held.status(), held.text());
    assertEquals(10, held.body().at("/lines/0/quantity").asLong());
    assertEquals(2, held.body().at("/missing/0/quantity").asLong());
    assertRefused(409, "insufficient_stock", "lines[0].quantity", reserve(1, "\"partial\":true"));
  }

  @Test
  void aCustomersOlderReservationMakesRoomForTheNewOne() {
    Reply older = reserve(8, "\"customer\":\"ann\"");
    String id = older.body().get("id").asText();
    String replaces = "\"customer\":\"ann\",\"replaces\":\"" + id + "\"";
    assertRefused(409, "insufficient_stock", "lines[0].quantity", reserve(11, replaces));
    assertEquals("held", state(older));
    assertRefused(
        404, "unknown_reservation", "replaces", reserve(1, replaces.replace("ann", "bob")));
    assertEquals(201, reserve(9, replaces).status());
    assertEquals("released", state(older));
  }

  @Test
  void aReservationIsChangedIfItIsTheOneThatWasSeen() {
    Reply held = reserve(2, "\"ttl_seconds\":600");
    String address = held.header("Location");
    assertEquals("\"1\"", held.header("ETag"));
    assertEquals("\"1\"", shop.get(address).header("ETag"));
    Reply changed = shop.patch(address, Shop.lines(sku, 4), "If-Match", "\"1\"");
    assertEquals(200, changed.status(), changed.text());
    assertEquals("\"2\"", changed.header("ETag"));
    assertEquals(6, changed.body().at("/lines/0/available").asLong());
    assertRefused(
        412,
        "version_conflict",
        "If-Match",
        shop.patch(address, Shop.lines(sku, 5), "If-Match", "\"1\""));
    assertEquals(4, shop.get(address).body().at("/lines/0/quantity").asLong());
    assertRefused(
        409, "insufficient_stock", "lines[0].quantity", shop.patch(address, Shop.lines(sku, 11)));
    assertEquals(200, shop.patch(address, Shop.lines(sku, 10)).status());
    shop.post(address + "/release", "");
    assertRefused(409, "reservation_not_held", "id", shop.patch(address, Shop.lines(sku, 1)));
  }

  @Test
  void aPartIsCommittedAndTheRestReleased() {
    String address = reserve(6, "\"ttl_seconds\":600").header("Location");
    assertRefused(
        409,
        "more_than_reserved",
        "lines[0].quantity",
        shop.post(address + "/commit", Shop.lines(sku, 7)));
    Reply committed = shop.post(address + "/commit", Shop.lines(sku, 4));
    assertEquals(200, committed.status(), committed.text());
    assertEquals(4, committed.body().at("/lines/0/quantity").asLong());
    assertEquals(2, committed.body().at("/released/0/quantity").asLong());
    assertEquals(6, shop.get("/v1/items/" + sku + "/stock").body().get("available").asLong());
  }

  @Test
  void whatWasCommittedComesBackOnce() {
    String address = reserve(6, "\"ttl_seconds\":600").header("Location");
    assertRefused(409, "reservation_not_committed", "id", shop.post(address + "/returns", ""));
    shop.post(address + "/commit", "");
    Reply returned =
        shop.post(
            address + "/returns",
            Shop.lines(sku, 4).replaceFirst("}$", ",\"reason\":\"unwanted\"}"));
    assertEquals(201, returned.status(), returned.text());
    assertEquals("unwanted", returned.body().get("reason").asText());
    assertRefused(
        409,
        "more_than_reserved",
        "lines[0].quantity",
        shop.post(address + "/returns", Shop.lines(sku, 3)));
    assertEquals(2, shop.post(address + "/returns", "").body().at("/lines/0/quantity").asLong());
    Reply nothing = shop.post(address + "/returns", "{}");
    assertRefused(409, "more_than_reserved", "", nothing);
    assertEquals(6, shop.get(address).body().at("/lines/0/returned").asLong());
    assertEquals(10, shop.get("/v1/items/" + sku + "/stock").body().get("on_hand").asLong());
  }

  @Test
  void aLateCommitIsTreatedAsTheTenantHasChosen() {
    choose("refuse");
    String address = reserve(6, "\"ttl_seconds\":1").header("Location");
    awaitExpiry(address);
    assertRefused(410, "reservation_expired", "id", shop.post(address + "/commit", ""));
    choose("reserve_again");
    Reply committed = shop.post(address + "/commit", "");
    assertEquals(200, committed.status(), committed.text());
    assertTrue(committed.body().get("was_expired").asBoolean());
    assertEquals(4, shop.get("/v1/items/" + sku + "/stock").body().get("on_hand").asLong());
  }

  @Test
  void nobodysChoiceIsLost() {
    choose("refuse");
    Reply chosen = shop.get(POLICY);
    Reply other = shop.put(POLICY, policy("reserve_again"), "If-Match", chosen.header("ETag"));
    assertEquals(200, other.status(), other.text());
    assertEquals(other.text(), shop.get(POLICY).text());
    assertEquals(other.header("ETag"), shop.get(POLICY).header("ETag"));
    assertRefused(
        412,
        "version_conflict",
        "If-Match",
        shop.put(POLICY, policy("refuse"), "If-Match", chosen.header("ETag")));
    assertEquals("reserve_again", shop.get(POLICY).body().get("expired_commit").asText());
  }

  @Test
  void aTenantChoosesHowManyReservationsACustomerMayHold() {
    String few = "{\"expired_commit\":\"refuse\",\"held_reservations_max\":1}";
    assertEquals(1, shop.put(POLICY, few).body().get("held_reservations_max").asLong());
    String customer = "\"customer\":\"%s\"".formatted(Shop.newSku());
    assertEquals(201, reserve(1, customer).status());
    assertRefused(409, "too_many_reservations", "customer", reserve(1, customer));
    assertTrue(shop.put(POLICY, policy("refuse")).body().get("held_reservations_max").isNull());
    assertEquals(201, reserve(1, customer).status());
  }

  @Test
  void whoHasChosenNothingHasTheUsualPolicy() {
    Shop warehouse = TestNode.shared().tenant("warehouse");
    Reply usual = warehouse.get(POLICY);
    assertEquals(
        "{\"expired_commit\":\"refuse\",\"held_reservations_max\":null,\"version\":0}",
        usual.text());
    assertEquals("\"0\"", usual.header("ETag"));
    assertRefused(
        412,
        "version_conflict",
        "If-Match",
        warehouse.put(POLICY, policy("refuse"), "If-Match", "\"1\""));
  }

  private static void choose(String expiredCommit) {
    assertEquals(
        200, TestNode.shared().tenant("sweet-shop").put(POLICY, policy(expiredCommit)).status());
  }

  private static String policy(String expiredCommit) {
    return "{\"expired_commit\":\"%s\"}".formatted(expiredCommit);
  }

  private Reply reserve(long quantity, String member) {
    return shop.post(
        "/v1/reservations", Shop.lines(sku, quantity).replaceFirst("}$", "," + member + "}"));
  }

  private String state(Reply held) {
    return shop.get(held.header("Location")).body().get("state").asText();
  }

  private void awaitExpiry(String address) {
    Instant limit = Instant.now().plus(MAX_EXPIRY);
    while (shop.get(address).body().get("state").asText().equals("held")) {
      assertTrue(Instant.now().isBefore(limit), "still held");
    }
  }

  private static void assertRefused(int status, String code, String member, Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertEquals(code, reply.code());
    assertEquals(member, reply.member());
  }
}
