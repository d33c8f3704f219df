package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of an item, and how it changes.
class ItemChangeRoutesTest {
  private static final String WHOLE =
      """
      {"sku":"%s","name":"Rain jacket","description":"Light.\\nPacks small.","category":"Jackets",
       "price":{"amount":12950,"currency":"EUR"},"attributes":{"colour":"blue","size":"M"},
       "picture":"https://pictures.example/jacket.webp"}""";

  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @Test
  void anItemIsToldAsItWasMade() {
    JsonNode item = whole();
    assertEquals("Light.\nPacks small.", item.get("description").asText());
    assertEquals("Jackets", item.get("category").asText());
    assertEquals("{\"amount\":12950,\"currency\":\"EUR\"}", item.get("price").toString());
    assertEquals("{\"colour\":\"blue\",\"size\":\"M\"}", item.get("attributes").toString());
    assertEquals("https://pictures.example/jacket.webp", item.get("picture").asText());
    assertEquals(1, item.get("version").asLong());
    assertTrue(item.get("archived_at").isNull());
    assertTrue(item.get("changed_at").isNull());
  }

  @Test
  void whatIsNotNamedStaysAsItIs() {
    JsonNode item = whole();
    Reply changed =
        shop.patch(
            address(item),
            """
            {"description":null,"price":{"amount":9900,"currency":"EUR"},
             "attributes":{"size":null,"hood":"yes"}}""");
    assertEquals(200, changed.status(), changed.text());
    assertEquals("\"2\"", changed.header("ETag"));
    JsonNode now = shop.get(address(item)).body();
    assertEquals(changed.body(), now);
    assertTrue(now.get("description").isNull());
    assertEquals(9900, now.at("/price/amount").asLong());
    assertEquals("{\"colour\":\"blue\",\"hood\":\"yes\"}", now.get("attributes").toString());
    for (String same : List.of("sku", "name", "tracked", "category", "picture", "created_at")) {
      assertEquals(item.get(same), now.get(same), same);
    }
  }

  @Test
  void whatChangesNothingIsNoVersion() {
    JsonNode item = whole();
    for (String same : List.of("{}", "{\"name\":\"Rain jacket\"}", "{\"archived\":false}")) {
      assertEquals(item, shop.patch(address(item), same).body(), same);
    }
  }

  @Test
  void whoIsLateIsToldWhatHasChangedSince() {
    JsonNode item = whole();
    shop.patch(address(item), "{\"name\":\"Jacket\",\"category\":\"Rain\"}");
    shop.patch(address(item), "{\"price\":null,\"category\":\"Jackets\"}");
    shop.patch(address(item), "{\"name\":\"Storm jacket\",\"attributes\":{\"hood\":\"yes\"}}");
    Reply late = shop.patch(address(item), "{\"name\":\"Mine\"}", "If-Match", "\"1\"");
    assertEquals(412, late.status());
    assertEquals("version_conflict", late.code());
    Map<String, String> changes = new TreeMap<>();
    late.body()
        .get("changes")
        .forEach(
            change ->
                changes.put(
                    change.get("member").asText(),
                    "%s -> %s, version %s"
                        .formatted(
                            change.get("seen"), change.get("found"), change.get("version"))));
    Map<String, String> expected =
        Map.of(
            "name", "\"Rain jacket\" -> \"Storm jacket\", version 4",
            "price", "{\"amount\":12950,\"currency\":\"EUR\"} -> null, version 3",
            "attributes.hood", "null -> \"yes\", version 4");
    assertEquals(new TreeMap<>(expected), changes);
    assertTrue(late.body().at("/changes/0/changed_by").asText().startsWith("api-key"));
    assertEquals("Storm jacket", shop.get(address(item)).body().get("name").asText());
    Reply again = shop.patch(address(item), "{\"name\":\"Mine\"}", "If-Match", "\"4\"");
    assertEquals(5, again.body().get("version").asLong());
  }

  @Test
  void ofManyWhoSawTheSameOneChangesIt() {
    JsonNode item = whole();
    try (ExecutorService editors = Executors.newFixedThreadPool(16)) {
      List<CompletableFuture<Reply>> asked =
          IntStream.range(0, 32)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () ->
                              shop.patch(
                                  address(item),
                                  "{\"name\":\"Editor %d\"}".formatted(i),
                                  "If-Match",
                                  "\"1\""),
                          editors))
              .toList();
      List<Integer> statuses = asked.stream().map(reply -> reply.join().status()).toList();
      assertEquals(1, statuses.stream().filter(status -> status == 200).count());
      assertEquals(31, statuses.stream().filter(status -> status == 412).count());
    }
    assertEquals(2, shop.get(address(item)).body().get("version").asLong());
  }

  @Test
  void whatIsArchivedIsListedIfItIsAskedFor() {
    Shop office = TestNode.shared().tenant("ticket-office");
    String sku = Shop.newSku();
    office.post("/v1/items", "{\"sku\":\"%s\",\"name\":\"Last year's\"}".formatted(sku));
    Reply archived = office.patch("/v1/items/" + sku, "{\"archived\":true}");
    assertEquals(200, archived.status(), archived.text());
    assertFalse(archived.body().get("archived_at").isNull());
    assertFalse(isListed(office, "/v1/items?limit=1000", sku));
    assertTrue(isListed(office, "/v1/items?limit=1000&archived=true", sku));
    office.patch("/v1/items/" + sku, "{\"archived\":false}");
    assertTrue(isListed(office, "/v1/items?limit=1000", sku));
    assertEquals(400, office.get("/v1/items?archived=perhaps").status());
  }

  @Test
  void aChangeIsDoneOncePerKey() {
    JsonNode item = whole();
    String key = "change-" + Shop.newSku();
    String change = "{\"name\":\"Once\"}";
    Reply first = shop.patch(address(item), change, "Idempotency-Key", key);
    shop.patch(address(item), "{\"name\":\"Later\"}");
    Reply again = shop.patch(address(item), change, "Idempotency-Key", key);
    assertEquals(first.text(), again.text());
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals("Later", shop.get(address(item)).body().get("name").asText());
  }

  /// Also after the item was changed: it is the answer that was given.
  @Test
  void aCreationIsDoneOncePerKey() {
    String sku = Shop.newSku();
    String body = WHOLE.formatted(sku);
    Reply made = shop.post("/v1/items", body, "make-" + sku);
    shop.patch("/v1/items/" + sku, "{\"name\":\"Changed\"}");
    Reply again = shop.post("/v1/items", body, "make-" + sku);
    assertEquals(201, again.status());
    assertEquals(made.text(), again.text());
    Reply other = shop.post("/v1/items", body.replace("Light", "Heavy"), "make-" + sku);
    assertEquals("key_reused", other.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":null}|name",
        "{\"name\":\"\"}|name",
        "{\"name\":\"two\\nlines\"}|name",
        "{\"tracked\":false}|tracked",
        "{\"price\":5}|price",
        "{\"price\":{\"amount\":-1,\"currency\":\"EUR\"}}|price.amount",
        "{\"price\":{\"amount\":1.5,\"currency\":\"EUR\"}}|price.amount",
        "{\"price\":{\"amount\":1,\"currency\":\"eur\"}}|price.currency",
        "{\"price\":{\"amount\":1,\"currency\":\"XQQ\"}}|price.currency",
        "{\"price\":{\"amount\":1}}|price.currency",
        "{\"price\":{\"amount\":1,\"currency\":\"EUR\",\"tax\":1}}|price.tax",
        "{\"attributes\":{\"a\":1}}|attributes.a",
        "{\"attributes\":{\"\":\"b\"}}|attributes",
        "{\"attributes\":[\"a\"]}|attributes",
        "{\"picture\":\"javascript:alert(1)\"}|picture",
        "{\"picture\":\"https://user:secret@pictures.example/a\"}|picture",
        "{\"archived\":\"yes\"}|archived"
      })
  void whatCanNotBeIsRefused(String body, String member) {
    JsonNode item = whole();
    Reply refused = shop.patch(address(item), body);
    assertEquals(400, refused.status(), refused.text());
    assertEquals(member, refused.body().at("/errors/0/member").asText());
    assertEquals(item, shop.get(address(item)).body());
  }

  @Test
  void anItemHasFiftyAttributesAtMost() {
    JsonNode item = whole();
    String many =
        IntStream.range(0, 49)
            .mapToObj("\"a%d\":\"x\""::formatted)
            .reduce((one, other) -> one + "," + other)
            .orElseThrow();
    Reply refused = shop.patch(address(item), "{\"attributes\":{" + many + "}}");
    assertEquals("attributes", refused.body().at("/errors/0/member").asText());
    assertEquals(item, shop.get(address(item)).body());
  }

  @Test
  void nothingIsChangedThatIsNotThere() {
    Reply refused = shop.patch("/v1/items/" + Shop.newSku(), "{\"name\":\"Nothing\"}");
    assertEquals(404, refused.status());
    assertEquals("unknown_item", refused.code());
  }

  private JsonNode whole() {
    Reply made = shop.post("/v1/items", WHOLE.formatted(Shop.newSku()));
    assertEquals(201, made.status(), made.text());
    assertEquals("\"1\"", made.header("ETag"));
    return made.body();
  }

  private static String address(JsonNode item) {
    return "/v1/items/" + item.get("sku").asText();
  }

  private static boolean isListed(Shop shop, String path, String sku) {
    return StreamSupport.stream(shop.get(path).body().get("items").spliterator(), false)
        .anyMatch(item -> item.get("sku").asText().equals(sku));
  }
}
