package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A node that works on few requests of a tenant at once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantTurnsTest {
  private static final int AT_ONCE = 6;
  private static final long SECOND_NANOS = 1_000_000_000;

  private static final String LEVEL_LOCK =
      """
      SELECT l.version FROM holdfast.stock_levels l WHERE l.sku = ? FOR UPDATE
      """;

  private static final String TENANT_SET =
      """
      SELECT set_config('holdfast.tenant_id', tenant_id::text, false)
      FROM holdfast.tenant_of_slug('sweet-shop')
      """;

  private Path folder;
  private Program node;
  private String address;

  /// Filled in by [#start], which runs before the tests.
  @SuppressWarnings("NullAway.Init")
  TenantTurnsTest() {}

  @BeforeAll
  void start() throws IOException {
    folder = DataFolder.fresh();
    node =
        Program.start(
            "serve",
            "--port",
            "0",
            "--throwaway",
            "--audit-interval-seconds",
            "0",
            "--max-requests-per-tenant",
            Integer.toString(AT_ONCE),
            "--data-dir",
            folder.toString());
    address = node.address();
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    node.terminate();
  }

  private Shop shop(String tenant) {
    try {
      return new Shop(address, DataFolder.key(folder, tenant));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply ping(String tenant) {
    return shop(tenant).get("/v1/ping");
  }

  @Test
  void aTenantsRequestsAtOnceAreCappedAndAnothersAreNot() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        Connection owner = DriverManager.getConnection(DataFolder.databaseUrl(folder))) {
      List<CompletableFuture<Integer>> held = new ArrayList<>();
      lockLevel(owner, "fudge");
      for (int i = 0; i < AT_ONCE; i++) {
        var request =
            shop("sweet-shop")
                .request("/v1/purchases")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Shop.lines("fudge", 1)))
                .build();
        held.add(
            client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::statusCode));
      }
      awaitInFlight(AT_ONCE);
      CompletableFuture<Reply> next = CompletableFuture.supplyAsync(() -> ping("sweet-shop"));
      long start = System.nanoTime();
      assertEquals(200, ping("ticket-office").status());
      assertTrue(System.nanoTime() - start < SECOND_NANOS, "another tenant waited");
      assertEquals(429, next.join().status());
      assertEquals("too_many_at_once", next.join().code());
      assertEquals("1", next.join().header("Retry-After"));
      owner.rollback();
      held.forEach(answer -> assertEquals(201, answer.join()));
      assertEquals(200, ping("sweet-shop").status());
      awaitInFlight(0);
    }
  }

  @Test
  void whoeverGoesAwayLeavesNoTurnBehind() throws Exception {
    try (Connection owner = DriverManager.getConnection(DataFolder.databaseUrl(folder))) {
      lockLevel(owner, "toffee");
      List<Socket> gone = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        gone.add(sendPurchase("toffee"));
      }
      awaitInFlight(AT_ONCE);
      for (int i = 0; i < AT_ONCE; i++) {
        gone.add(sendPurchase("toffee"));
      }
      for (Socket socket : gone) {
        socket.close();
      }
      awaitInFlight(0);
      assertEquals(200, ping("sweet-shop").status());
      owner.rollback();
    }
    // Also those who go while their key is looked up, which is again every few seconds.
    for (int i = 0; i < 25; i++) {
      sendPurchase("unknown").close();
    }
    awaitInFlight(0);
  }

  private static void lockLevel(Connection owner, String sku) throws Exception {
    owner.setAutoCommit(false);
    try (PreparedStatement tenant = owner.prepareStatement(TENANT_SET);
        PreparedStatement lock = owner.prepareStatement(LEVEL_LOCK)) {
      tenant.execute();
      lock.setString(1, sku);
      assertTrue(lock.executeQuery().next());
    }
  }

  private Socket sendPurchase(String sku) throws IOException {
    URI node = URI.create(address);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.getPort());
    String body = Shop.lines(sku, 1);
    String request =
        "POST /v1/purchases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + DataFolder.key(folder, "sweet-shop")
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  /// Without the one that asks, which is another tenant's.
  private void awaitInFlight(int count) throws Exception {
    long giveUp = System.nanoTime() + 4 * SECOND_NANOS;
    int inFlight = inFlight();
    while (inFlight != count && System.nanoTime() < giveUp) {
      inFlight = inFlight();
    }
    assertEquals(count, inFlight);
  }

  private int inFlight() throws Exception {
    return shop("ticket-office")
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("holdfast_limit_in_flight "))
        .mapToInt(line -> (int) Double.parseDouble(line.replaceFirst(".* ", "")) - 1)
        .findFirst()
        .orElse(-1);
  }
}
