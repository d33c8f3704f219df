package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// An order from its placing to its end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderRoutesTest {
  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static String with(String sku, int quantity, String more) {
    return Shop.lines(sku, quantity).replaceFirst("}$", more + "}");
  }

  private JsonNode placed(String sku, int quantity) {
    Reply placed = shop.post("/v1/orders", Shop.lines(sku, quantity));
    assertEquals(201, placed.status(), placed.text());
    return placed.body();
  }

  private static String address(JsonNode order) {
    return "/v1/orders/" + order.path("id").asText();
  }

  private Reply step(JsonNode order, String step, String body) {
    return shop.post(address(order) + "/" + step, body);
  }

  private JsonNode done(JsonNode order, String step, String body) {
    Reply reply = step(order, step, body);
    assertEquals(200, reply.status(), reply.text());
    assertEquals(reply.body(), shop.get(address(order)).body());
    assertEquals("\"" + reply.body().path("version").asLong() + "\"", reply.header("ETag"));
    return reply.body();
  }

  private void assertStock(String sku, long onHand, long reserved) {
    JsonNode stock = shop.get("/v1/items/" + sku + "/stock").body();
    assertEquals(onHand, stock.path("on_hand").asLong(), stock.toString());
    assertEquals(reserved, stock.path("reserved").asLong(), stock.toString());
  }

  private static void assertIllegal(Reply reply, String state, List<String> steps) {
    assertEquals(409, reply.status(), reply.text());
    assertEquals("illegal_order_step", reply.code());
    assertEquals(state, reply.body().path("state").asText());
    assertEquals(steps, texts(reply.body().path("steps")));
  }

  /// As if they had been kept long enough.
  private static void forgetAnswers() {
    assertTrue(new People("sweet-shop").asOwner("DELETE FROM holdfast.request_answers") > 0);
  }

  private static void eventually(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(20), "not in time", condition);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  @Test
  void anOrderHoldsStockAtThePricesOfItsMoment() {
    String first = shop.priced(10, 250);
    String second = shop.priced(10, 1_000);
    Reply placed =
        shop.post(
            "/v1/orders",
            """
            {"lines":[{"sku":"%s","quantity":2},{"sku":"%s","quantity":1},
              {"sku":"%s","quantity":1}],"customer":"ann","reference":"web-77","ttl_seconds":60}"""
                .formatted(second, first, second));
    assertEquals(201, placed.status(), placed.text());
    JsonNode order = placed.body();
    assertEquals(address(order), placed.header("Location"));
    assertEquals("placed", order.path("state").asText());
    assertEquals(List.of("pay", "cancel"), texts(order.path("steps")));
    assertTrue(order.path("number").asText().matches("SO-\\d{4}-\\d{6}"), order.toString());
    assertEquals("{\"amount\":3250,\"currency\":\"EUR\"}", order.path("total").toString());
    assertEquals(second, order.at("/lines/0/sku").asText());
    assertEquals(3, order.at("/lines/0/quantity").asLong());
    assertEquals(250, order.at("/lines/1/unit_price/amount").asLong());
    assertEquals("Made for a test", order.at("/lines/1/name").asText());
    assertEquals("web-77", order.path("reference").asText());
    assertStock(second, 10, 3);

    shop.patch(
        "/v1/items/" + first, "{\"name\":\"New\",\"price\":{\"amount\":1,\"currency\":\"EUR\"}}");
    assertEquals(order, shop.get(address(order)).body());
    JsonNode reservation = shop.get("/v1/reservations/" + order.path("id").asText()).body();
    assertEquals("held", reservation.path("state").asText());
    assertEquals("ann", reservation.path("customer").asText());
  }

  @Test
  void anOrderGoesFromHandToHand() {
    String sku = shop.priced(10, 250);
    JsonNode order = placed(sku, 3);
    JsonNode paid = done(order, "pay", "{\"method\":\"manual\",\"reference\":\"till 4\"}");
    assertEquals("paid", paid.path("state").asText());
    assertEquals("till 4", paid.at("/payment/reference").asText());
    assertEquals(List.of("fulfil", "cancel"), texts(paid.path("steps")));
    assertStock(sku, 7, 0);

    JsonNode part = done(order, "fulfil", Shop.lines(sku, 1));
    assertEquals("partly_fulfilled", part.path("state").asText());
    assertEquals(2, part.at("/lines/0/open").asLong());
    JsonNode whole = done(order, "fulfil", "");
    assertEquals("fulfilled", whole.path("state").asText());
    assertStock(sku, 7, 0);

    JsonNode one = done(order, "returns", with(sku, 1, ",\"reason\":\"too sweet\""));
    assertEquals("fulfilled", one.path("state").asText());
    assertEquals("too sweet", one.path("reason").asText());
    assertStock(sku, 8, 0);
    JsonNode all = done(order, "returns", "");
    assertEquals("returned", all.path("state").asText());
    assertEquals(List.of(), texts(all.path("steps")));
    assertEquals(6, all.path("version").asLong());
    assertStock(sku, 10, 0);
  }

  @Test
  void whatIsCancelledIsForSaleAgain() {
    String sku = shop.priced(10, 250);
    JsonNode unpaid = placed(sku, 2);
    assertEquals("cancelled", done(unpaid, "cancel", "").path("state").asText());
    assertStock(sku, 10, 0);

    JsonNode paid = placed(sku, 2);
    done(paid, "pay", "");
    JsonNode cancelled = done(paid, "cancel", "{\"reason\":\"changed my mind\"}");
    assertEquals("cancelled", cancelled.path("state").asText());
    assertEquals(2, cancelled.at("/lines/0/cancelled").asLong());
    assertStock(sku, 10, 0);

    JsonNode part = placed(sku, 5);
    done(part, "pay", "");
    done(part, "fulfil", Shop.lines(sku, 2));
    JsonNode rest = done(part, "cancel", "");
    assertEquals("fulfilled", rest.path("state").asText());
    assertEquals(3, rest.at("/lines/0/cancelled").asLong());
    assertStock(sku, 8, 0);
    assertEquals("returned", done(part, "returns", "").path("state").asText());
    assertStock(sku, 10, 0);
  }

  @Test
  void aStepThatIsNotLegalSaysWhichAre() {
    String sku = shop.priced(10, 250);
    JsonNode order = placed(sku, 2);
    List<String> ofPlaced = List.of("pay", "cancel");
    assertIllegal(step(order, "fulfil", ""), "placed", ofPlaced);
    assertIllegal(step(order, "returns", ""), "placed", ofPlaced);
    done(order, "pay", "");
    assertIllegal(step(order, "pay", ""), "paid", List.of("fulfil", "cancel"));
    assertIllegal(step(order, "returns", ""), "paid", List.of("fulfil", "cancel"));
    done(order, "fulfil", "");
    for (String step : List.of("pay", "fulfil", "cancel")) {
      assertIllegal(step(order, step, ""), "fulfilled", List.of("return"));
    }
    done(order, "returns", "");
    JsonNode cancelled = placed(sku, 1);
    done(cancelled, "cancel", "");
    for (String step : List.of("pay", "fulfil", "cancel", "returns")) {
      assertIllegal(step(order, step, ""), "returned", List.of());
      assertIllegal(step(cancelled, step, ""), "cancelled", List.of());
    }
    assertStock(sku, 10, 0);
  }

  @Test
  void noMoreIsHandedOverThanWasOrderedAndNoMoreComesBack() {
    String sku = shop.priced(10, 250);
    String other = shop.priced(10, 250);
    JsonNode order = placed(sku, 3);
    done(order, "pay", "");
    Reply tooMuch = step(order, "fulfil", Shop.lines(sku, 4));
    assertEquals("more_than_ordered", tooMuch.code(), tooMuch.text());
    assertEquals(3, tooMuch.body().at("/excesses/0/left").asLong());
    assertEquals("more_than_ordered", step(order, "fulfil", Shop.lines(other, 1)).code());
    done(order, "fulfil", Shop.lines(sku, 1));
    assertEquals("more_than_ordered", step(order, "returns", Shop.lines(sku, 2)).code());
    done(order, "returns", "");
    // What is still open never left, so it can't come back.
    assertEquals("more_than_ordered", step(order, "returns", "").code());
    assertStock(sku, 8, 0);
  }

  @Test
  void anOrderThatIsNotPaidInTimeIsExpired() {
    String sku = shop.priced(3, 250);
    JsonNode order = shop.post("/v1/orders", with(sku, 3, ",\"ttl_seconds\":1")).body();
    eventually(() -> shop.get(address(order)).body().path("state").asText().equals("expired"));
    assertIllegal(step(order, "pay", ""), "expired", List.of());
    assertIllegal(step(order, "cancel", ""), "expired", List.of());
    JsonNode expired = shop.get("/v1/orders?state=expired").body();
    assertTrue(ids(expired).contains(order.path("id").asText()), expired.toString());
    assertFalse(
        ids(shop.get("/v1/orders?state=placed").body()).contains(order.path("id").asText()));
    eventually(() -> shop.post("/v1/orders", Shop.lines(sku, 3)).status() == 201);
  }

  @Test
  void aLatePaymentTakesTheStockAgainWhereTheTenantSaysSo() {
    Shop late = TestNode.shared().tenant("warehouse");
    late.put("/v1/stock/policy", "{\"expired_commit\":\"reserve_again\"}");
    try {
      String sku = late.priced(3, 250);
      JsonNode order = late.post("/v1/orders", with(sku, 3, ",\"ttl_seconds\":1")).body();
      JsonNode lost =
          late.post("/v1/orders", with(late.priced(1, 9), 1, ",\"ttl_seconds\":1")).body();
      eventually(() -> late.get(address(order)).body().path("state").asText().equals("expired"));
      assertEquals(List.of("pay"), texts(late.get(address(order)).body().path("steps")));
      Reply paid = late.post(address(order) + "/pay", "");
      assertEquals("paid", paid.body().path("state").asText(), paid.text());
      String lostSku = lost.at("/lines/0/sku").asText();
      eventually(() -> late.post("/v1/purchases", Shop.lines(lostSku, 1)).status() == 201);
      assertEquals("insufficient_stock", late.post(address(lost) + "/pay", "").code());
    } finally {
      late.put("/v1/stock/policy", "{\"expired_commit\":\"refuse\"}");
    }
  }

  private static List<String> ids(JsonNode page) {
    return page.path("orders").valueStream().map(order -> order.path("id").asText()).toList();
  }

  @Test
  void whatIsNotForSaleIsNotOrdered() {
    String sku = shop.priced(10, 250);
    String yen = Shop.newSku();
    shop.post(
        "/v1/items",
        """
        {"sku":"%s","name":"Tea","tracked":false,"price":{"amount":100,"currency":"JPY"}}"""
            .formatted(yen));
    assertRefused("item_without_price", shop.stocked(5), 1, "");
    assertRefused("insufficient_stock", sku, 11, "");
    assertRefused("unknown_item", Shop.newSku(), 1, "");
    assertRefused(
        "price_changed", sku, 2, ",\"expected_total\":{\"amount\":499,\"currency\":\"EUR\"}");
    assertRefused(
        "price_changed", sku, 2, ",\"expected_total\":{\"amount\":500,\"currency\":\"USD\"}");
    String both =
        "{\"lines\":[{\"sku\":\"%s\",\"quantity\":1},{\"sku\":\"%s\",\"quantity\":1}]}"
            .formatted(sku, yen);
    assertEquals("several_currencies", shop.post("/v1/orders", both).code());
    assertEquals(
        201,
        shop.post(
                "/v1/orders",
                with(sku, 2, ",\"expected_total\":{\"amount\":500,\"currency\":\"EUR\"}"))
            .status());
    assertEquals(201, shop.post("/v1/orders", Shop.lines(yen, 1_000_000_000)).status());
    shop.patch("/v1/items/" + sku, "{\"archived\":true}");
    assertRefused("item_archived", sku, 1, "");
    assertStock(sku, 10, 2);
    String dear = shop.priced(1_000_000_000, 1_000_000_000_000L);
    assertRefused("total_out_of_range", dear, 10_000, "");
    String worth = ",\"expected_total\":{\"amount\":2000000000000,\"currency\":\"EUR\"}";
    assertEquals(201, shop.post("/v1/orders", with(dear, 2, worth)).status());
    String many =
        Shop.lines(yen, 1_000_000_000).replace("}]", "},{\"sku\":\"SKU\",\"quantity\":1}]");
    assertEquals("lines", shop.post("/v1/orders", many.replace("SKU", yen)).member());
  }

  private void assertRefused(String code, String sku, int quantity, String more) {
    Reply reply = shop.post("/v1/orders", with(sku, quantity, more));
    assertEquals(code, reply.code(), reply.text());
  }

  @Test
  void aRequestIsDoneOnceHoweverOftenItComes() {
    String sku = shop.priced(10, 250);
    String place = key();
    Reply first = shop.post("/v1/orders", with(sku, 2, ",\"reference\":\"a\""), place);
    JsonNode order = first.body();
    String pay = key();
    String paid = repeated(order, "pay", "", pay);
    repeated(order, "fulfil", "", key());
    repeated(order, "returns", "", key());
    assertEquals(paid, shop.post(address(order) + "/pay", "", pay).text());
    // As it was when it was placed, whatever has become of it since.
    Reply again = shop.post("/v1/orders", with(sku, 2, ",\"reference\":\"a\""), place);
    assertEquals(first.text(), again.text());
    assertEquals(201, again.status());
    assertEquals(first.header("Location"), again.header("Location"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    for (String other :
        List.of(
            with(sku, 2, ",\"reference\":\"b\""),
            with(sku, 2, ""),
            with(sku, 3, ",\"reference\":\"a\""),
            with(
                sku,
                2,
                ",\"reference\":\"a\",\"expected_total\":{\"amount\":1,\"currency\":\"EUR\"}"))) {
      assertEquals("key_reused", shop.post("/v1/orders", other, place).code(), other);
    }
    assertEquals(
        "key_reused", shop.post(address(order) + "/pay", "{\"reference\":\"x\"}", pay).code());
    // A key of another operation is another key.
    assertEquals(201, shop.post("/v1/reservations", Shop.lines(sku, 1), place).status());
    assertStock(sku, 10, 1);
  }

  private String repeated(JsonNode order, String step, String body, String key) {
    Reply first = shop.post(address(order) + "/" + step, body, key);
    assertEquals(200, first.status(), first.text());
    Reply second = shop.post(address(order) + "/" + step, body, key);
    assertEquals(first.text(), second.text());
    assertEquals(first.header("ETag"), second.header("ETag"));
    assertEquals("true", second.header("Idempotent-Replayed"));
    return first.text();
  }

  @Test
  void aStepOnWhatHasChangedSinceIsRefused() {
    String sku = shop.priced(10, 250);
    JsonNode order = placed(sku, 2);
    Reply stale = shop.change("POST", address(order) + "/pay", "{}", "If-Match", "\"7\"");
    assertEquals(412, stale.status(), stale.text());
    assertEquals("version_conflict", stale.code());
    Reply paid = shop.change("POST", address(order) + "/pay", "{}", "If-Match", "\"1\"");
    assertEquals(200, paid.status(), paid.text());
    Reply fulfil = shop.change("POST", address(order) + "/fulfil", "{}", "If-Match", "\"1\"");
    assertEquals(412, fulfil.status(), fulfil.text());
  }

  @Test
  void anAnswerThatIsNotKeptAnyMoreIsTheOrderAsItIs() {
    String sku = shop.priced(10, 250);
    JsonNode order = placed(sku, 2);
    String key = key();
    assertEquals(200, shop.post(address(order) + "/pay", "", key).status());
    forgetAnswers();
    // It was paid already: what the same request does now is nothing.
    assertIllegal(shop.post(address(order) + "/pay", "", key), "paid", List.of("fulfil", "cancel"));
    done(order, "fulfil", "");
    String part = key();
    Reply back = shop.post(address(order) + "/returns", Shop.lines(sku, 1), part);
    forgetAnswers();
    Reply again = shop.post(address(order) + "/returns", Shop.lines(sku, 1), part);
    assertEquals("true", again.header("Idempotent-Replayed"), again.text());
    assertEquals(back.text(), again.text());
    assertStock(sku, 9, 0);
  }

  /// Once its reservation is in the archive, which here it is as if.
  @Test
  void whatIsInTheArchiveIsFulfilledAndNothingElse() throws Exception {
    String sku = shop.priced(10, 250);
    JsonNode order = placed(sku, 2);
    done(order, "pay", "");
    try (Connection owner = ownerOfSweets();
        Statement statement = owner.createStatement()) {
      String row = "FROM holdfast.reservations WHERE reservation_id = '%s'".formatted(id(order));
      statement.execute("CREATE TEMP TABLE kept AS SELECT * " + row);
      assertEquals(1, statement.executeUpdate("DELETE " + row));
      try {
        Reply cancelled = step(order, "cancel", "");
        assertEquals(409, cancelled.status(), cancelled.text());
        assertEquals("order_archived", cancelled.code());
        done(order, "fulfil", "");
        assertEquals("order_archived", step(order, "returns", "").code());
      } finally {
        statement.execute("INSERT INTO holdfast.reservations SELECT * FROM kept");
      }
    }
    done(order, "returns", "");
    assertStock(sku, 10, 0);
  }

  private static Connection ownerOfSweets() throws SQLException, IOException {
    String url = DataFolder.databaseUrl(TestNode.shared().folder());
    Connection owner = DriverManager.getConnection(url);
    try (Statement statement = owner.createStatement()) {
      statement.execute(
          "SELECT set_config('holdfast.tenant_id', tenant_id::text, false)"
              + " FROM holdfast.tenant_of_slug('sweet-shop')");
    }
    return owner;
  }

  @Test
  void anOrdersReservationIsChangedOnlyByTheOrder() {
    String sku = shop.priced(10, 250);
    Reply placed = shop.post("/v1/orders", with(sku, 2, ",\"customer\":\"ann\""));
    String id = placed.body().path("id").asText();
    String at = "/v1/reservations/" + id;
    List<Reply> replies =
        List.of(
            shop.post(at + "/commit", ""),
            shop.post(at + "/release", ""),
            shop.post(at + "/extend", "{\"ttl_seconds\":2000}"),
            shop.patch(at, Shop.lines(sku, 1)),
            shop.post(
                "/v1/reservations",
                with(sku, 1, ",\"customer\":\"ann\",\"replaces\":\"" + id + "\"")),
            shop.post(
                "/v1/stock/commands",
                "{\"atomic\":true,\"commands\":[{\"command\":\"release\",\"id\":\""
                    + id
                    + "\"}]}"));
    for (Reply reply : replies) {
      assertEquals(409, reply.status(), reply.text());
      assertEquals("reservation_of_order", reply.code());
    }
    shop.post("/v1/orders/" + id + "/pay", "");
    assertEquals("reservation_of_order", shop.post(at + "/returns", "").code());
    assertStock(sku, 8, 0);
    String plain = shop.post("/v1/reservations", Shop.lines(sku, 1)).body().path("id").asText();
    assertEquals("unknown_order", shop.get("/v1/orders/" + plain).code());
    assertEquals("unknown_order", shop.post("/v1/orders/" + plain + "/pay", "").code());
    assertEquals("unknown_order", shop.get("/v1/orders/x").code());
  }

  @Test
  void ordersAreListedTheNewestFirst() {
    String sku = shop.priced(100, 250);
    String customer = "customer-" + UUID.randomUUID();
    String body = with(sku, 1, ",\"customer\":\"" + customer + "\"");
    List<JsonNode> orders =
        List.of(
            shop.post("/v1/orders", body).body(),
            shop.post("/v1/orders", body).body(),
            shop.post("/v1/orders", body).body());
    String mine = "/v1/orders?customer=" + customer;
    JsonNode first = shop.get(mine + "&limit=2").body();
    assertEquals(List.of(id(orders.get(2)), id(orders.get(1))), ids(first));
    JsonNode second = shop.get(mine + "&limit=2&after=" + first.path("next").asText()).body();
    assertEquals(List.of(id(orders.get(0))), ids(second));
    assertTrue(second.path("next").isNull());
    done(orders.get(1), "pay", "");
    assertEquals(List.of(id(orders.get(1))), ids(shop.get(mine + "&state=paid").body()));
    assertEquals(
        List.of(id(orders.get(2)), id(orders.get(0))),
        ids(shop.get(mine + "&state=placed").body()));
    assertTrue(ids(shop.get("/v1/orders?state=paid").body()).contains(id(orders.get(1))));
    String number = orders.getFirst().path("number").asText();
    assertEquals(
        List.of(id(orders.getFirst())), ids(shop.get("/v1/orders?number=" + number).body()));
    assertEquals(List.of(), ids(shop.get("/v1/orders?number=" + number + "&customer=x").body()));
    assertEquals("state", shop.get("/v1/orders?state=x").member());
    assertEquals("after", shop.get("/v1/orders?after=x").member());
    assertEquals("limit", shop.get("/v1/orders?limit=201").member());
    assertEquals("page", shop.get("/v1/orders?page=2").member());
  }

  private static String id(JsonNode order) {
    return order.path("id").asText();
  }

  @Test
  void aCustomerSeesAndCancelsItsOwn() {
    People people = new People("sweet-shop");
    Shop ann = people.loggedIn(people.registered()).shop();
    Shop bob = people.loggedIn(people.registered()).shop();
    String sku = shop.priced(10, 250);
    JsonNode anns = ann.post("/v1/orders", Shop.lines(sku, 1)).body();
    JsonNode staffs = placed(sku, 1);
    assertEquals(List.of(id(anns)), ids(ann.get("/v1/orders").body()));
    assertEquals(List.of(), ids(bob.get("/v1/orders").body()));
    assertEquals(
        List.of(), ids(bob.get("/v1/orders?number=" + anns.path("number").asText()).body()));
    for (JsonNode others : List.of(anns, staffs)) {
      assertEquals("unknown_order", bob.get(address(others)).code());
      assertEquals("unknown_order", bob.post(address(others) + "/cancel", "").code());
    }
    assertEquals("sell", ann.post(address(anns) + "/pay", "").body().path("needs").asText());
    assertEquals(200, ann.get(address(anns)).status());
    JsonNode paid = ann.post("/v1/orders", Shop.lines(sku, 1)).body();
    done(paid, "pay", "");
    assertEquals("sell", ann.post(address(paid) + "/cancel", "").body().path("needs").asText());
    assertEquals(200, ann.post(address(anns) + "/cancel", "").status());
    assertEquals(
        "forbidden",
        ann.post("/v1/orders", with(sku, 1, ",\"customer\":\"somebody else\"")).code());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    String sku = shop.priced(10, 250);
    JsonNode order = placed(sku, 2);
    assertEquals("lines", shop.post("/v1/orders", "{\"lines\":[]}").member());
    assertEquals("partial", shop.post("/v1/orders", with(sku, 1, ",\"partial\":true")).member());
    assertEquals(
        "reference", shop.post("/v1/orders", with(sku, 1, ",\"reference\":\"\"")).member());
    assertEquals(
        "expected_total.currency",
        shop.post("/v1/orders", with(sku, 1, ",\"expected_total\":{\"amount\":1}")).member());
    assertEquals("method", step(order, "pay", "{\"method\":\"cash\"}").member());
    assertEquals("lines[0].quantity", step(order, "fulfil", Shop.lines(sku, 0)).member());
    String twice =
        "{\"lines\":[{\"sku\":\"%s\",\"quantity\":1},{\"sku\":\"%s\",\"quantity\":1}]}"
            .formatted(sku, sku);
    done(order, "pay", "");
    assertEquals("lines[1].sku", step(order, "fulfil", twice).member());
  }

  @Test
  void theTrailTellsWhoWentOnWithAnOrder() {
    String sku = shop.priced(10, 250);
    JsonNode order = placed(sku, 2);
    done(order, "pay", "{\"reference\":\"till 4\"}");
    done(order, "fulfil", Shop.lines(sku, 1));
    done(order, "cancel", "{\"reason\":\"sold out\"}");
    JsonNode entries =
        shop.get("/v1/audit/entries?kind=order&subject=" + id(order)).body().path("entries");
    assertEquals(
        List.of("cancelOrder", "fulfilOrder", "payOrder", "placeOrder"),
        entries.valueStream().map(entry -> entry.path("operation").asText()).toList());
    assertEquals("sold out", entries.at("/0/after/reason").asText());
    assertEquals(1, entries.at("/0/after/lines[" + sku + "].cancelled").asLong());
    assertEquals(1, entries.at("/1/after/lines[" + sku + "].fulfilled").asLong());
    assertEquals("till 4", entries.at("/2/after/payment_reference").asText());
    assertEquals(500, entries.at("/3/after/total").asLong());
    assertNotEquals("", entries.at("/3/after/number").asText());
  }
}
