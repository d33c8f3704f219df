package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.redis.ThrowawayRedis;
import io.holdfast.server.http.Program.Ended;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node whose control has its locks in Redis: what it needs to start, and what it says when Redis
/// is away.
class LockServerTest {
  @TempDir private Path temporary;
  private final List<Path> folders = new ArrayList<>();
  private ThrowawayRedis redis;

  @BeforeEach
  void open() throws IOException {
    redis = ThrowawayRedis.open(temporary.resolve("redis"));
  }

  @AfterEach
  void close() throws IOException {
    redis.close();
  }

  @Test
  void aNodeWithoutItsRedisDoesNotStart() throws Exception {
    Ended unnamed = Program.run("serve", "--control", "fenced-lock");
    assertEquals(2, unnamed.exitCode());
    assertTrue(unnamed.errors().getFirst().contains("needs --redis-url"), unnamed.toString());
    Ended ofATenant = Program.run("serve", "--tenant-control", "sweet-shop=fenced-lock");
    assertEquals(2, ofATenant.exitCode());
    Ended wrong = Program.run("serve", "--redis-url", "http://x");
    assertEquals(2, wrong.exitCode());
    String nowhere = "redis://:secret@127.0.0.1:1";
    Ended ended = Program.run(words("--control", "fenced-lock", "--redis-url", nowhere));
    assertEquals(18, ended.exitCode(), ended.toString());
    assertEquals(
        List.of("holdfast: the Redis at redis://127.0.0.1:1 can't be reached"), ended.errors());
  }

  @Test
  void aNodeSaysThatItsRedisIsAwayAndGoesOnWhenItIsBack() throws Exception {
    Program node =
        start(
            "--control",
            "fenced-lock",
            "--tenant-control",
            "warehouse=combined",
            "--redis-url",
            redis.url());
    Shop shop = new Shop(node.address(), key("sweet-shop"));
    Shop without = new Shop(node.address(), key("warehouse"));
    String sku = shop.stocked(10);
    assertEquals(201, buy(shop, sku).status());
    assertEquals(200, shop.get("/health/ready").status());
    redis.kill();
    Reply busy = buy(shop, sku);
    assertEquals(503, busy.status());
    assertEquals("busy", busy.code());
    assertFalse(busy.header("Retry-After").isEmpty());
    assertEquals(201, buy(without, without.stocked(1)).status());
    Reply ready = shop.get("/health/ready");
    assertEquals(503, ready.status());
    assertTrue(ready.text().contains("redis"), ready.text());
    assertTrue(shop.get("/metrics").text().contains("outcome=\"MUTEX_UNAVAILABLE\""));
    redis.restart();
    await(() -> shop.get("/health/ready").status() == 200);
    assertEquals(201, buy(shop, sku).status());
    assertEquals(8, shop.get("/v1/items/" + sku + "/stock").body().get("on_hand").asLong());
    Ended ended = node.terminate();
    assertEquals(0, ended.exitCode());
    assertFalse(ended.errors().toString().contains(redis.url()), ended.errors().toString());
  }

  /// A node on the database that the tests share.
  private Program start(String... more) throws IOException {
    return Program.start(words(more));
  }

  private String[] words(String... more) throws IOException {
    Path folder = DataFolder.fresh();
    folders.add(folder);
    List<String> words = new ArrayList<>(List.of("serve", "--port", "0"));
    words.addAll(List.of("--data-dir", folder.toString()));
    words.addAll(List.of("--db-url", DataFolder.databaseUrl(TestNode.shared().folder())));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private String key(String tenant) throws IOException {
    return DataFolder.key(folders.getLast(), tenant);
  }

  private static Reply buy(Shop shop, String sku) {
    return shop.post("/v1/purchases", Shop.lines(sku, 1));
  }

  private static void await(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(10), "it does not come about", condition);
  }
}
