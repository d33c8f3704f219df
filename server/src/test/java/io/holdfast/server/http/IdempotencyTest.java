package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.server.http.Shop.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @Test
  void aRepeatedRequestGetsTheSameBytesAndHasOneEffect() {
    String sku = shop.stocked(100);
    String reserve = "/v1/reservations";
    Reply held = repeated(reserve, Shop.lines(sku, 2));
    repeated(held.header("Location") + "/extend", "{\"ttl_seconds\":5000}");
    repeated(held.header("Location") + "/commit", "");
    Reply other = repeated(reserve, Shop.lines(sku, 3));
    repeated(other.header("Location") + "/release", "");
    repeated("/v1/purchases", Shop.lines(sku, 5));
    repeated("/v1/items/" + sku + "/receipts", "{\"quantity\":7}");
    repeated("/v1/items/" + sku + "/adjustments", "{\"quantity\":-1,\"reason\":\"lost\"}");
    long left = shop.get("/v1/items/" + sku + "/stock").body().get("available").asLong();
    assertEquals(100 - 2 - 5 + 7 - 1, left);
  }

  @Test
  void soDoesEveryOtherChange() {
    String sku = shop.stocked(100);
    String item = "/v1/items/" + sku;
    String north = shop.opened(10);
    Reply held = shop.post("/v1/reservations", Shop.lines(sku, 2));
    String reservation = held.header("Location");
    repeated("PATCH", reservation, Shop.lines(sku, 4), "If-Match", "\"1\"");
    repeated(reservation + "/commit", Shop.lines(sku, 3));
    repeated(reservation + "/returns", Shop.lines(sku, 1));
    repeated(
        item + "/transfers", "{\"from\":\"main\",\"to\":\"%s\",\"quantity\":8}".formatted(north));
    repeated("PUT", item + "/safety-stock", "{\"safety_stock\":5}");
    long version = shop.get(item + "/stock").body().at("/levels/0/version").asLong();
    repeated(item + "/counts", "{\"on_hand\":77,\"version\":%d}".formatted(version));
    assertEquals(77 + 8, shop.get(item + "/stock").body().get("on_hand").asLong());
    assertEquals(version + 1, shop.get(item + "/stock").body().at("/levels/0/version").asLong());

    repeated("/v1/locations", "{\"location\":\"%s\"}".formatted(Shop.newSku()));
    repeated("PATCH", "/v1/locations/" + north, "{\"priority\":7}", "If-Match", "\"1\"");
    assertEquals(2, shop.get("/v1/locations/" + north).body().get("version").asLong());
  }

  @Test
  void aKeyOfAnythingElseBelongsToOneRequest() {
    String key = UUID.randomUUID().toString();
    String location = "{\"location\":\"%s\"}";
    String first = Shop.newSku();
    assertEquals(201, shop.post("/v1/locations", location.formatted(first), key).status());
    Reply other = shop.post("/v1/locations", location.formatted(Shop.newSku()), key);
    assertEquals("key_reused", other.code());
    assertEquals("Idempotency-Key", other.member());
    String path = "/v1/locations/" + first;
    String[] header = {"Idempotency-Key", key};
    assertEquals(200, shop.patch(path, "{\"priority\":1}", header).status());
    assertEquals("key_reused", shop.patch(path, "{\"priority\":2}", header).code());
    assertEquals(1, shop.get(path).body().get("priority").asLong());
  }

  @Test
  void manyAtOnceWithOneKeyOpenOneLocation() {
    String key = UUID.randomUUID().toString();
    String body = "{\"location\":\"%s\"}".formatted(Shop.newSku());
    List<CompletableFuture<Reply>> replies =
        IntStream.range(0, 8)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> shop.post("/v1/locations", body, key),
                        Executors.newVirtualThreadPerTaskExecutor()))
            .toList();
    assertEquals(
        1, replies.stream().map(CompletableFuture::join).map(Reply::text).distinct().count());
    assertEquals(
        1,
        replies.stream()
            .filter(reply -> reply.join().header("Idempotent-Replayed").isEmpty())
            .count());
  }

  @Test
  void aRepeatedCreationMakesOneItem() {
    repeated("/v1/items", "{\"sku\":\"%s\",\"name\":\"Twice\"}".formatted(Shop.newSku()));
  }

  @Test
  void aKeyBelongsToOneRequest() {
    String sku = shop.stocked(10);
    String key = UUID.randomUUID().toString();
    shop.post("/v1/purchases", Shop.lines(sku, 1), key);
    Reply other = shop.post("/v1/purchases", Shop.lines(sku, 2), key);
    assertEquals(422, other.status());
    assertEquals("key_reused", other.code());

    String item = "{\"sku\":\"%s\",\"name\":\"%s\"}";
    shop.post("/v1/items", item.formatted(Shop.newSku(), "First"), key);
    String second = Shop.newSku();
    assertEquals(422, shop.post("/v1/items", item.formatted(second, "Second"), key).status());
    assertEquals(404, shop.get("/v1/items/" + second).status());
    assertEquals(404, shop.get("/v1/items/" + second + "/stock").status());
  }

  @Test
  void aRefusalBindsNoKey() {
    String sku = shop.stocked(1);
    String key = UUID.randomUUID().toString();
    assertEquals(409, shop.post("/v1/purchases", Shop.lines(sku, 2), key).status());
    shop.post("/v1/items/" + sku + "/receipts", "{\"quantity\":1}");
    assertEquals(201, shop.post("/v1/purchases", Shop.lines(sku, 2), key).status());
  }

  @Test
  void aKeyThatIsNoKeyIsRefused() {
    String sku = shop.stocked(1);
    for (String key : List.of(" ", "a b", "x".repeat(256), "umläut")) {
      Reply refused = shop.post("/v1/purchases", Shop.lines(sku, 1), key);
      assertEquals(400, refused.status(), key);
      assertEquals("Idempotency-Key", refused.member());
    }
  }

  private Reply repeated(String path, String body) {
    return repeated("POST", path, body);
  }

  private Reply repeated(String method, String path, String body, String... more) {
    String[] headers = Arrays.copyOf(more, more.length + 2);
    headers[more.length] = "Idempotency-Key";
    headers[more.length + 1] = UUID.randomUUID().toString();
    Reply first = shop.change(method, path, body, headers);
    Reply again = shop.change(method, path, body, headers);
    assertEquals(2, first.status() / 100, first.text());
    assertEquals("", first.header("Idempotent-Replayed"));
    assertEquals(first.status(), again.status());
    assertEquals(first.text(), again.text());
    assertEquals(first.header("Location"), again.header("Location"));
    assertEquals(first.header("ETag"), again.header("ETag"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    return first;
  }
}
