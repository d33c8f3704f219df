package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Orders are numbered one after the other, without a gap, whoever places them and whatever fails.
/// All orders of the tenant are looked at, also those of tests before.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderNumbersTest {
  private static final String USUAL = "{\"pattern\":\"SO-{yyyy}-{000000}\"}";

  private static final People OFFICE = new People("ticket-office");

  private final Shop shop = TestNode.shared().tenant("warehouse");

  /// Order by order: what is placed at the same time on several items, some of it in vain.
  @Test
  void aRefusalTakesNoNumber() throws Exception {
    List<String> skus = List.of(shop.priced(20, 100), shop.priced(20, 100), shop.priced(0, 100));
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> asked = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        String sku = skus.get(i % skus.size());
        asked.add(buyers.submit(() -> shop.post("/v1/orders", Shop.lines(sku, 1))));
      }
      for (Future<Reply> reply : asked) {
        replies.add(reply.get());
      }
    }
    assertEquals(40, replies.stream().filter(reply -> reply.status() == 201).count());
    assertNoGaps();
  }

  @Test
  void whatANodeThatIsKilledWasAboutToNumberLeavesNoGap() throws Exception {
    Program other = anotherNode();
    Shop doomed = new Shop(other.address(), shop.key());
    List<String> skus = List.of(shop.priced(100_000, 100), shop.priced(100_000, 100));
    AtomicInteger placed = new AtomicInteger();
    List<String> numbers = new ArrayList<>();
    try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> asked = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Shop node = i % 2 == 0 ? shop : doomed;
        String sku = skus.get(i / 2 % 2);
        asked.add(buyers.submit(() -> buy(node, sku, placed)));
      }
      while (placed.get() < 300) {
        Thread.onSpinWait();
      }
      other.kill();
      for (Future<List<String>> told : asked) {
        numbers.addAll(told.get());
      }
    }
    assertTrue(numbers.size() >= 300, "placed " + numbers.size());
    assertEquals(numbers.size(), numbers.stream().distinct().count());
    assertNoGaps();
  }

  /// Until the node is gone, or there are 60. What got no answer is asked again where a node is, by
  /// its key.
  private List<String> buy(Shop node, String sku, AtomicInteger placed) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String key = UUID.randomUUID().toString();
      Supplier<Reply> ask = () -> shop.post("/v1/orders", Shop.lines(sku, 1), key);
      Reply reply;
      try {
        reply = node.post("/v1/orders", Shop.lines(sku, 1), key);
      } catch (UncheckedIOException e) {
        reply = ask.get();
      }
      assertEquals(201, reply.status(), reply.text());
      assertEquals(reply.text(), ask.get().text());
      numbers.add(reply.body().path("number").asText());
      placed.incrementAndGet();
    }
    return numbers;
  }

  private static Program anotherNode() throws IOException {
    Path folder = DataFolder.fresh();
    return Program.start(
        "serve",
        "--port",
        "0",
        "--no-demo",
        "--db-url",
        DataFolder.databaseUrl(TestNode.shared().folder()),
        "--data-dir",
        folder.toString());
  }

  @Test
  void aNewPatternGoesOnCounting() throws SQLException, IOException {
    String sku = shop.priced(10, 100);
    JsonNode before = shop.get("/v1/order-numbers").body();
    try {
      Reply set = shop.put("/v1/order-numbers", "{\"pattern\":\"W{yyyy}{mm}/{0}\"}");
      assertEquals(200, set.status(), set.text());
      assertEquals(before.path("last").asLong(), set.body().path("last").asLong());
      long first = counted(sku, "W\\d{6}/(\\d+)");
      assertEquals(before.path("last").asLong() + 1, first);
      assertEquals(first + 1, counted(sku, "W\\d{6}/(\\d+)"));
      Reply again = shop.put("/v1/order-numbers", "{\"pattern\":\"{0000000000}\"}");
      assertEquals("\"" + again.body().path("version").asLong() + "\"", again.header("ETag"));
      assertEquals(first + 2, counted(sku, "(\\d{10})"));
    } finally {
      shop.put("/v1/order-numbers", USUAL);
    }
    assertEquals("pattern", shop.put("/v1/order-numbers", "{\"pattern\":\"SO\"}").member());
    Reply stale = shop.put("/v1/order-numbers", USUAL, "If-Match", "\"0\"");
    assertEquals("version_conflict", stale.code(), stale.text());
    assertNoGaps();
  }

  @Test
  void fastNumbersAreUnique() throws Exception {
    Shop office = TestNode.shared().tenant("ticket-office");
    String sku = office.priced(1_000, 100);
    String fast = "{\"pattern\":\"T-{yyyy}-{000000}\",\"gapless\":false}";
    Reply chosen = office.put("/v1/order-numbers", fast);
    assertEquals("false", chosen.body().path("gapless").asText(), chosen.text());
    List<String> numbers = new ArrayList<>();
    try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> asked = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        asked.add(buyers.submit(() -> office.post("/v1/orders", Shop.lines(sku, 1))));
      }
      for (Future<Reply> reply : asked) {
        assertEquals(201, reply.get().status(), reply.get().text());
        numbers.add(reply.get().body().path("number").asText());
      }
    }
    // Back to gapless: behind all that any node has taken in advance.
    office.put("/v1/order-numbers", fast.replace("false", "true"));
    long last = office.get("/v1/order-numbers").body().path("last").asLong();
    assertTrue(last >= 100, "taken in advance: " + last);
    Reply next = office.post("/v1/orders", Shop.lines(sku, 1));
    assertTrue(next.body().path("number").asText().endsWith("-%06d".formatted(last + 1)));
    numbers.add(next.body().path("number").asText());
    assertEquals(101, numbers.stream().distinct().count());
  }

  /// Two patterns can make one number of different counts, and counting begins anew with the day.
  @Test
  void noPatternGivesANumberThatThereIsAlready() throws Exception {
    Shop office = TestNode.shared().tenant("ticket-office");
    String sku = office.priced(1_000, 100);
    numbered(office, "SO-{yyyy}-{000000}", sku);
    List<String> numbers = new ArrayList<>();
    for (String pattern : List.of("A1{0}", "A{0}", "B{0}9", "B{00}", "A1{0}", "A{0}")) {
      numbers.add(numbered(office, pattern, sku));
    }
    numbers.add(numbered(office, "D{yyyy}{mm}{dd}-{0}", sku));
    numbers.add(numbered(office, "E{yyyy}-{0}", sku));
    // As if a day had passed, and counting had begun anew with it.
    OFFICE.asOwner("UPDATE holdfast.number_series SET last_on = last_on - 1");
    numbers.add(numbered(office, "D{yyyy}{mm}{dd}-{0}", sku));
    OFFICE.asOwner("UPDATE holdfast.number_series SET last_number = 0");
    numbers.add(numbered(office, "E{yyyy}-{0}", sku));
    assertEquals(numbers.size(), numbers.stream().distinct().count(), numbers.toString());
  }

  /// Somebody has set the series back by hand.
  @Test
  void aNumberThatIsThereIsGoneBy() throws Exception {
    Shop office = TestNode.shared().tenant("ticket-office");
    String sku = office.priced(1_000, 100);
    numbered(office, "F{yyyy}-{0}", sku);
    String last = numbered(office, "F{yyyy}-{0}", sku);
    OFFICE.asOwner("UPDATE holdfast.number_series SET last_number = last_number - 2");
    // Alone in its batch it is lost with it; the one after it is not.
    Reply first = office.post("/v1/orders", Shop.lines(sku, 1));
    assertTrue(List.of(201, 500).contains(first.status()), first.text());
    Reply second = office.post("/v1/orders", Shop.lines(sku, 1));
    assertEquals(201, second.status(), second.text());
    assertTrue(count(second.body().path("number").asText()) > count(last), second.text() + last);
  }

  private static long count(String number) {
    return Long.parseLong(number.replaceFirst(".*-", ""));
  }

  private static String numbered(Shop office, String pattern, String sku) {
    office.put("/v1/order-numbers", "{\"pattern\":\"" + pattern + "\"}");
    Reply placed = office.post("/v1/orders", Shop.lines(sku, 1));
    assertEquals(201, placed.status(), placed.text());
    return placed.body().path("number").asText();
  }

  private long counted(String sku, String form) {
    String number = shop.post("/v1/orders", Shop.lines(sku, 1)).body().path("number").asText();
    assertTrue(number.matches(form), number);
    return Long.parseLong(number.replaceFirst(form, "$1"));
  }

  /// As many orders as the last one's number says, and each number once.
  private void assertNoGaps() throws SQLException, IOException {
    String url = DataFolder.databaseUrl(TestNode.shared().folder());
    try (Connection owner = DriverManager.getConnection(url);
        Statement statement = owner.createStatement()) {
      statement.execute(
          "SELECT set_config('holdfast.tenant_id', tenant_id::text, false)"
              + " FROM holdfast.tenant_of_slug('warehouse')");
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT count(*), count(DISTINCT substring(number FROM '[0-9]+$')::bigint),
                  max(substring(number FROM '[0-9]+$')::bigint)
              FROM holdfast.orders
              """)) {
        row.next();
        assertTrue(row.getLong(1) > 0);
        assertEquals(row.getLong(1), row.getLong(2), "a number twice");
        assertEquals(row.getLong(1), row.getLong(3), "a gap");
        assertEquals(row.getLong(3), shop.get("/v1/order-numbers").body().path("last").asLong());
      }
    }
  }
}
