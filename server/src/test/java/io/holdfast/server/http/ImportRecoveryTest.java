package io.holdfast.server.http;

import static io.holdfast.server.http.BroughtIn.CSV;
import static io.holdfast.server.http.BroughtIn.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Large files on nodes that are killed, or that are two: each line has its effect once, or none
/// has.
class ImportRecoveryTest {
  private static final int LINES = 30_000;
  private static final long MAX_WAIT_SECONDS = 60;

  private static String items(int count) {
    Random random = new Random(count);
    StringBuilder file = new StringBuilder("sku,name,category,price_amount,price_currency\r\n");
    for (int i = 0; i < count; i++) {
      file.append(
          "big-%06d,\"Thing %d, made for a test\",kind %d,%d,EUR\r\n"
              .formatted(i, i, i % 20, random.nextInt(1, 10_000)));
    }
    return file.toString();
  }

  private static String received(int count) {
    StringBuilder file = new StringBuilder("sku,location,received\r\n");
    for (int i = 0; i < count; i++) {
      file.append("big-%06d,main,3\r\n".formatted(i));
    }
    return file.toString();
  }

  private static String[] serve(Path folder, String... more) {
    String[] always = {
      "serve", "--port", "0", "--data-dir", folder.toString(), "--audit-interval-seconds", "0"
    };
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(always), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  private static JsonNode waitFor(Shop shop, String address, String state, long read)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
    while (true) {
      JsonNode found = shop.get(address).body();
      if (found.path("state").asText().equals(state) && found.at("/lines/read").asLong() >= read) {
        return found;
      }
      assertTrue(found.path("finished_at").isNull(), "it was too fast: " + found);
      assertTrue(System.nanoTime() < end, found.toString());
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /// What no page shows: how often anything happened.
  private static long count(Path folder, String query) throws IOException, SQLException {
    try (Connection superuser = DriverManager.getConnection(DataFolder.superuserUrl(folder));
        Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /// As their time would. That it comes to an end by itself is seen where there are two nodes.
  private static void endLeases(Path folder) throws IOException, SQLException {
    try (Connection superuser = DriverManager.getConnection(DataFolder.superuserUrl(folder));
        Statement statement = superuser.createStatement()) {
      assertEquals(
          1,
          statement.executeUpdate(
              """
              UPDATE holdfast.imports SET leased_until = clock_timestamp()
              WHERE worker IS NOT NULL AND finished_at IS NULL
              """));
    }
  }

  private static void assertReceivedOnce(Path folder, int lines) throws IOException, SQLException {
    assertEquals(
        lines, count(folder, "SELECT count(*) FROM holdfast.movements WHERE sku LIKE 'big-%'"));
    assertEquals(
        lines,
        count(
            folder,
            """
            SELECT count(*) FROM holdfast.stock_levels
            WHERE sku LIKE 'big-%' AND on_hand = 3 AND version = 1
            """));
  }

  @Test
  void whatAKilledNodeHadBegunIsGoneOnWithAndEachLineCountsOnce() throws Exception {
    Path folder = DataFolder.fresh();
    Program first = Program.start(serve(folder, "--throwaway"));
    Shop shop = new Shop(first.address(), DataFolder.key(folder, "warehouse"));
    BroughtIn files = new BroughtIn(shop);

    // Together: of what was applied when the node was killed, nothing is kept, and then all is.
    String items = files.address("kind=items", CSV, items(LINES));
    waitFor(shop, items, "applying", 5_000);
    first.kill();
    endLeases(folder);
    assertEquals(0, count(folder, "SELECT count(*) FROM holdfast.items WHERE sku LIKE 'big-%'"));
    Program second = Program.start(serve(folder, "--throwaway"));
    shop = new Shop(second.address(), DataFolder.key(folder, "warehouse"));
    files = new BroughtIn(shop);
    assertEquals("done 30000/0/0", told(files.ended(items)));
    assertEquals(
        LINES, count(folder, "SELECT count(*) FROM holdfast.catalog_items WHERE sku LIKE 'big-%'"));
    assertEquals(
        0, count(folder, "SELECT count(*) FROM holdfast.catalog_items WHERE words_version = 0"));

    // Page by page: what was applied when the node was killed is kept, and the rest follows.
    String stock = files.address("kind=stock&on_error=skip", CSV, received(LINES));
    waitFor(shop, stock, "applying", 5_000);
    second.kill();
    endLeases(folder);
    long kept = count(folder, "SELECT count(*) FROM holdfast.movements WHERE sku LIKE 'big-%'");
    assertTrue(kept >= 5_000 && kept < LINES, "kept " + kept);
    Program third = Program.start(serve(folder, "--throwaway"));
    shop = new Shop(third.address(), DataFolder.key(folder, "warehouse"));
    assertEquals("done 30000/0/0", told(new BroughtIn(shop).ended(stock)));
    assertReceivedOnce(folder, LINES);
    assertEquals(0, third.terminate().exitCode());
    assertEquals(0, Program.run("verify", "--data-dir", folder.toString()).exitCode());
  }

  @Test
  void ofTwoNodesEachImportIsOnesUntilThatIsKilled() throws Exception {
    Path folder = DataFolder.fresh();
    Path other = DataFolder.fresh();
    Program first = Program.start(serve(folder, "--throwaway"));
    Shop one = new Shop(first.address(), DataFolder.key(folder, "warehouse"));
    String url = Files.readString(folder.resolve("database-url")).strip();
    Program second = Program.start(serve(other, "--db-url", url));
    Shop two = new Shop(second.address(), DataFolder.key(folder, "warehouse"));
    int lines = 5_000;
    assertEquals("done 5000/0/0", told(new BroughtIn(one).ended("kind=items", items(lines))));

    // About the same levels, brought in by both at once.
    List<String> addresses =
        IntStream.range(0, 4)
            .mapToObj(i -> new BroughtIn(i % 2 == 0 ? one : two))
            .map(files -> files.address("kind=stock&on_error=skip", CSV, received(lines)))
            .toList();
    String together = new BroughtIn(two).address("kind=stock", CSV, received(lines));
    waitFor(two, addresses.getLast(), "applying", 1);
    first.kill();
    BroughtIn files = new BroughtIn(two);
    for (String address : addresses) {
      assertEquals("done 5000/0/0", told(files.ended(address)));
    }
    assertEquals("done 5000/0/0", told(files.ended(together)));
    assertEquals(
        5L * lines,
        count(folder, "SELECT count(*) FROM holdfast.movements WHERE sku LIKE 'big-%'"));
    assertEquals(
        lines,
        count(
            folder,
            """
            SELECT count(*) FROM holdfast.stock_levels
            WHERE sku LIKE 'big-%' AND on_hand = 15 AND version = 5
            """));
    assertEquals(0, second.terminate().exitCode());
  }

  @Test
  void whatIsCancelledMeanwhileEndsWhereItIs() throws Exception {
    Path folder = DataFolder.fresh();
    Program node = Program.start(serve(folder, "--throwaway"));
    Shop shop = new Shop(node.address(), DataFolder.key(folder, "warehouse"));
    BroughtIn files = new BroughtIn(shop);
    int lines = 10_000;
    String together = files.address("kind=items", CSV, items(lines));
    waitFor(shop, together, "applying", 1_000);
    Reply cancelled = shop.post(together + "/cancel", "");
    assertEquals(200, cancelled.status(), cancelled.text());
    assertEquals("cancelled", files.ended(together).path("state").asText());
    assertEquals("done 10000/0/0", told(files.ended("kind=items", items(lines))));

    String pages = files.address("kind=stock&on_error=skip", CSV, received(lines));
    waitFor(shop, pages, "applying", 1_000);
    shop.post(pages + "/cancel", "");
    JsonNode ended = files.ended(pages);
    assertEquals("cancelled", ended.path("state").asText());
    assertReceivedOnce(folder, ended.at("/lines/applied").asInt());
    assertEquals(0, node.terminate().exitCode());
  }
}
