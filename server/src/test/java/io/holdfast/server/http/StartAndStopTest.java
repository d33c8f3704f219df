package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Program.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Each fault is one line on stderr and a code of its own.
class StartAndStopTest {

  @Test
  void aMistypedCommandEndsWithAHint() throws Exception {
    assertFault(2, "Try: ./holdfast serve --help", Program.run("serve", "--prot", "1"));
    assertFault(2, "Try: ./holdfast --help", Program.run("sevre"));
    assertFault(2, "--port", Program.run("serve", "--port", "70000"));
    assertFault(2, "--lock-timeout-millis", Program.run("serve", "--lock-timeout-millis", "0"));
    assertFault(
        2,
        "--transaction-timeout-millis",
        Program.run("serve", "--transaction-timeout-millis", "0"));
    assertFault(
        2, "--audit-interval-seconds", Program.run("serve", "--audit-interval-seconds", "-1"));
    assertFault(2, "--limit-per-key", Program.run("serve", "--limit-per-key", "1:0"));
    assertFault(
        2, "--max-requests-per-tenant", Program.run("serve", "--max-requests-per-tenant", "8:9"));
    assertFault(2, "--audit-busy-percent", Program.run("serve", "--audit-busy-percent", "101"));
    assertFault(2, "--control", Program.run("serve", "--control", "none"));
    assertFault(2, "--throwaway", Program.run("serve", "--control", "unprotected"));
    assertFault(2, "--db-url", Program.run("serve", "--db-url", "mysql://x"));
    assertEquals(0, Program.run("serve", "--help").exitCode());
    assertEquals(0, Program.run("verify", "--help").exitCode());
  }

  @Test
  void aPortThatIsTakenIsSaidBeforeAnythingElse() throws Exception {
    Path folder = DataFolder.fresh();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertOneLine(10, Program.run("serve", "--port", port, "--data-dir", folder.toString()));
    }
    assertEquals(0, folder.toFile().list().length);
    Ended elsewhere =
        Program.run(
            "serve", "--host", "192.0.2.1", "--plain-http", "--data-dir", folder.toString());
    assertOneLine(10, elsewhere);
    assertTrue(elsewhere.errors().getFirst().contains("no address of this machine"));
  }

  @Test
  void aFolderBelongsToOneLiveNode() throws Exception {
    String folder = TestNode.shared().folder().toString();
    assertOneLine(11, Program.run("serve", "--port", "0", "--data-dir", folder));
  }

  @Test
  void aDatabaseThatIsNotThereIsSaid() throws Exception {
    String folder = DataFolder.fresh().toString();
    String url = "postgresql://somebody:nobody-is-to-see-this@127.0.0.1:1/nothing";
    Ended ended = Program.run("serve", "--port", "0", "--data-dir", folder, "--db-url", url);
    assertOneLine(12, ended);
    assertTrue(!ended.errors().toString().contains("nobody-is-to-see"));
  }

  @Test
  void aDatabaseThatIsTooOldIsSaid() throws Exception {
    String folder = DataFolder.fresh().toString();
    try (OldDatabase old = OldDatabase.open()) {
      Ended ended =
          Program.run("serve", "--port", "0", "--data-dir", folder, "--db-url", old.url());
      assertOneLine(13, ended);
      assertTrue(ended.errors().getFirst().contains("PostgreSQL 14"), ended.toString());
    }
  }

  @Test
  void aSchemaOfALaterProgramIsLeftAlone() throws Exception {
    try (Connection owner = connect();
        var statement = owner.createStatement()) {
      statement.execute(
          """
          INSERT INTO holdfast.flyway_schema_history
              (installed_rank, version, description, type, script, installed_by, execution_time,
               success)
          VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 'test', 0, true)
          """);
      try {
        assertOneLine(14, secondNode());
      } finally {
        statement.execute("DELETE FROM holdfast.flyway_schema_history WHERE version = '999'");
      }
    }
  }

  @Test
  void aFolderThatCanNotBeWrittenIsSaid() throws Exception {
    Path file = Files.createTempFile("holdfast-test", ".file");
    file.toFile().deleteOnExit();
    assertOneLine(
        15, Program.run("serve", "--port", "0", "--data-dir", file.resolve("x").toString()));
  }

  @Test
  void nothingUnprotectedRunsOnDataThatMatters() throws Exception {
    Path folder = DataFolder.fresh();
    Program durable = Program.start("serve", "--port", "0", "--data-dir", folder.toString());
    durable.address();
    assertEquals(0, durable.terminate().exitCode());
    Ended ended =
        Program.run(
            "serve",
            "--port",
            "0",
            "--data-dir",
            folder.toString(),
            "--throwaway",
            "--control",
            "unprotected");
    assertTrue(ended.exitCode() != 0);
    assertEquals(1, ended.errors().size(), ended.errors().toString());
  }

  @Test
  void whatWasAnsweredIsThereAfterAStopAndAfterAKill() throws Exception {
    Path folder = DataFolder.fresh();
    String[] serve = {"serve", "--port", "0", "--throwaway", "--data-dir", folder.toString()};
    Program first = Program.start(serve);
    Shop shop = new Shop(first.address(), DataFolder.key(folder, "sweet-shop"));
    String address = shop.post("/v1/purchases", Shop.lines("fudge", 5)).header("Location");
    Path signer = folder.resolve("checkpoint-key");
    String key = Files.readString(signer);
    Ended stopped = first.terminate();
    assertEquals(0, stopped.exitCode());
    assertEquals(0, stopped.errors().size(), stopped.errors().toString());

    assertEquals(0, Program.run("verify", "--data-dir", folder.toString()).exitCode());

    Program second = Program.start(serve);
    shop = new Shop(second.address(), DataFolder.key(folder, "sweet-shop"));
    assertEquals("committed", shop.get(address).body().get("state").asText());
    String later = shop.post("/v1/purchases", Shop.lines("fudge", 6)).header("Location");
    second.kill();

    Program third = Program.start(serve);
    shop = new Shop(third.address(), DataFolder.key(folder, "sweet-shop"));
    assertEquals("committed", shop.get(later).body().get("state").asText());
    assertEquals(489, shop.get("/v1/items/fudge/stock").body().get("on_hand").asLong());
    assertEquals(key, Files.readString(signer), "what it signs with is its own for ever");
    assertEquals(0, third.terminate().exitCode());
  }

  @Test
  void aNodeThatStopsAnswersWhomItSoldTo() throws Exception {
    Path folder = DataFolder.fresh();
    String[] serve = {"serve", "--port", "0", "--throwaway", "--data-dir", folder.toString()};
    Program node = Program.start(serve);
    Shop shop = new Shop(node.address(), DataFolder.key(folder, "warehouse"));
    AtomicInteger sold = new AtomicInteger();
    Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    CountDownLatch warm = new CountDownLatch(200);
    try (ExecutorService buyers = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 16; i++) {
        buyers.execute(() -> buyUntilGone(shop, sold, statuses, warm));
      }
      warm.await();
      assertEquals(0, node.terminate().exitCode());
    }
    assertTrue(Set.of(201, 503).containsAll(statuses), statuses.toString());
    Program next = Program.start(serve);
    Shop again = new Shop(next.address(), DataFolder.key(folder, "warehouse"));
    long left = again.get("/v1/items/W-00001/stock").body().get("on_hand").asLong();
    assertEquals(100_000 - sold.get(), left);
    assertEquals(0, next.terminate().exitCode());
  }

  private static void buyUntilGone(
      Shop shop, AtomicInteger sold, Set<Integer> statuses, CountDownLatch warm) {
    try {
      while (true) {
        int status = shop.post("/v1/purchases", Shop.lines("W-00001", 1)).status();
        statuses.add(status);
        if (status == 201) {
          sold.incrementAndGet();
        }
        warm.countDown();
      }
    } catch (UncheckedIOException e) {
      // The node is gone.
    }
  }

  @Test
  void aNodeStopsWithItsInputIfItWasAskedTo() throws Exception {
    Program node = Program.start(besideShared(DataFolder.fresh(), "--stop-with-input"));
    node.address();
    assertEquals(0, node.endInput().exitCode());
  }

  @Test
  void aRequestThatHasBegunIsAnsweredByANodeThatStops() throws Exception {
    Path folder = DataFolder.fresh();
    Program node = Program.start(besideShared(folder));
    URI address = URI.create(node.address());
    String key = DataFolder.key(folder, "sweet-shop");
    String body = Shop.lines("gift-wrap", 1);
    try (Socket client = new Socket(address.getHost(), address.getPort())) {
      String head =
          """
          POST /v1/purchases HTTP/1.1
          Host: localhost
          Authorization: Bearer %s
          Content-Type: application/json
          Content-Length: %d

          """
              .formatted(key, body.length())
              .replace("\n", "\r\n");
      send(client, head + body.substring(0, 10));
      Shop watcher = new Shop(node.address(), key);
      Pattern two = Pattern.compile("http_server_active_requests\\{.*} 2\\.0");
      await(() -> two.matcher(watcher.get("/metrics").text()).find());
      node.askToStop();
      await(() -> watcher.get("/v1/ping").status() == 503);
      send(client, body.substring(10));
      String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 201"), answer);
    }
    assertEquals(0, node.terminate().exitCode());
  }

  private static void await(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(10), "it does not come about", condition);
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }

  @Test
  void aSecondNodeSellsFromTheSameStock() throws Exception {
    Path folder = DataFolder.fresh();
    Program node = Program.start(besideShared(folder));
    Shop there = new Shop(node.address(), DataFolder.key(folder, "sweet-shop"));
    Shop here = TestNode.shared().tenant("sweet-shop");
    String sku = here.stocked(3);
    String held = there.post("/v1/reservations", Shop.lines(sku, 3)).header("Location");
    assertEquals(409, here.post("/v1/purchases", Shop.lines(sku, 1)).status());
    assertEquals(200, here.post(held + "/commit", "").status());
    assertEquals(0, node.terminate().exitCode());
    assertEquals(200, here.get(held).status());
  }

  @Test
  void verifyFindsWhatDiffersBesideALivingNode() throws Exception {
    String folder = TestNode.shared().folder().toString();
    assertEquals(0, Program.run("verify", "--data-dir", folder).exitCode());
    String sku = TestNode.shared().tenant("sweet-shop").stocked(3);
    setOnHand(sku, 4);
    try {
      Ended ended = Program.run("verify", "--data-dir", folder);
      assertEquals(1, ended.exitCode(), ended.toString());
      assertTrue(ended.output().contains(sku), ended.output());
    } finally {
      setOnHand(sku, 3);
    }
  }

  @Test
  void withoutTheDemonstrationItsRoutesDoNotExist() throws Exception {
    Path folder = DataFolder.fresh();
    Program node = Program.start(besideShared(folder, "--no-demo"));
    Shop stranger = new Shop(node.address(), null);
    assertEquals(404, stranger.post("/buy_ticket", "{\"customer_id\":\"x\"}").status());
    assertEquals(404, stranger.get("/inventory").status());
    assertEquals(404, stranger.post("/reset", "").status());
    assertEquals(404, stranger.get("/").status());
    Shop owner = new Shop(node.address(), DataFolder.key(TestNode.shared().folder(), "warehouse"));
    for (String detour : List.of("/inventory;x", "/inventory/", "//inventory", "/;x", "/docs;x")) {
      assertEquals(404, owner.get(detour).status(), detour);
    }
    for (String detour : List.of("/reset;x", "/buy_ticket;x", "/buy_ticket/", "/demo/buyers;x")) {
      assertEquals(404, owner.post(detour, "{\"customer_id\":\"x\"}").status(), detour);
    }
    assertEquals(401, stranger.get("/docs/").status());
    assertEquals(401, stranger.get("/openapi").status());
    assertEquals(0, node.terminate().exitCode());
  }

  @Test
  void aTenantIsMadeForWhoAsks() throws Exception {
    Path folder = DataFolder.fresh();
    Program node =
        Program.start(
            besideShared(
                folder,
                "--no-demo",
                "--tenant",
                "toy-shop",
                "--tenant-control",
                "toy-shop=conditional"));
    Shop shop = new Shop(node.address(), DataFolder.key(folder, "toy-shop"));
    String sku = shop.stocked(3);
    assertEquals(201, shop.post("/v1/purchases", Shop.lines(sku, 3)).status());
    assertEquals(404, TestNode.shared().tenant("sweet-shop").get("/v1/items/" + sku).status());
    Ended ended = node.terminate();
    assertEquals(0, ended.exitCode());
    assertTrue(ended.output().contains("toy-shop"), ended.output());
    assertFault(2, "--tenant", Program.run("serve", "--tenant", "Toy shop"));
    assertFault(2, "--tenant-control", Program.run("serve", "--tenant-control", "toy-shop=none"));
  }

  /// A node of its own on the database that the tests share.
  private static String[] besideShared(Path folder, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("serve", "--port", "0"));
    words.addAll(List.of("--data-dir", folder.toString()));
    words.addAll(List.of("--audit-interval-seconds", "0"));
    words.addAll(List.of("--db-url", DataFolder.databaseUrl(TestNode.shared().folder())));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static Ended secondNode() throws IOException, InterruptedException {
    return Program.run(besideShared(DataFolder.fresh()));
  }

  private static void setOnHand(String sku, long units) throws IOException, SQLException {
    try (Connection owner = connect();
        var statement = owner.createStatement()) {
      statement.execute(
          "SELECT set_config('holdfast.tenant_id', tenant_id::text, false)"
              + " FROM holdfast.tenant_of_slug('sweet-shop')");
      statement.execute(
          "UPDATE holdfast.stock_levels SET on_hand = %d WHERE sku = '%s'".formatted(units, sku));
    }
  }

  private static Connection connect() throws IOException, SQLException {
    return DriverManager.getConnection(DataFolder.databaseUrl(TestNode.shared().folder()));
  }

  private static void assertOneLine(int exitCode, Ended ended) {
    assertEquals(exitCode, ended.exitCode(), ended.toString());
    assertEquals(1, ended.errors().size(), ended.errors().toString());
    assertTrue(ended.errors().getFirst().startsWith("holdfast: "));
  }

  private static void assertFault(int exitCode, String hint, Ended ended) {
    assertEquals(exitCode, ended.exitCode(), ended.toString());
    assertTrue(ended.errors().toString().contains(hint), ended.errors().toString());
  }
}
