package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainRoutesTest {
  private static final String BUYER = "{\"customer_id\": \"somebody\"}";

  private final Shop stranger = TestNode.shared().stranger();
  private final Shop office = TestNode.shared().tenant("ticket-office");

  @BeforeEach
  void resets() {
    assertEquals(200, stranger.post("/reset", "").status());
  }

  @Test
  void aTicketIsBought() {
    Reply bought = stranger.post("/buy_ticket", BUYER);
    assertEquals(200, bought.status());
    assertEquals(
        "{\"success\":true,\"message\":\"Purchase successful\",\"remaining_stock\":99}",
        bought.text());
    JsonNode inventory = stranger.get("/inventory").body();
    assertEquals(99, inventory.get("current_stock").asLong());
    assertEquals(1, inventory.get("total_purchases").asLong());
    assertEquals(100, inventory.get("initial_stock").asLong());
    assertEquals("Item A - Concert Ticket", inventory.get("item_name").asText());
    assertEquals("concert-ticket-a", inventory.get("item_id").asText());
    assertTrue(Instant.parse(inventory.get("last_updated").asText()).isBefore(soon()));
  }

  @Test
  void aThousandBuyersGetAHundredTickets() {
    try (ExecutorService buyers = Executors.newFixedThreadPool(64)) {
      List<CompletableFuture<Reply>> replies =
          IntStream.range(0, 1_000)
              .mapToObj(
                  _ ->
                      CompletableFuture.supplyAsync(
                          () -> stranger.post("/buy_ticket", BUYER), buyers))
              .toList();
      Map<Integer, Long> byStatus =
          replies.stream()
              .map(CompletableFuture::join)
              .collect(Collectors.groupingBy(Reply::status, Collectors.counting()));
      assertEquals(Map.of(200, 100L, 410, 900L), byStatus);
    }
    Reply late = stranger.post("/buy_ticket", BUYER);
    assertEquals(
        "{\"success\":false,\"message\":\"SOLD OUT - No more inventory available\","
            + "\"remaining_stock\":0}",
        late.text());
    assertEquals(100, stranger.get("/inventory").body().get("total_purchases").asLong());
  }

  @Test
  void aBuyerWhoRepeatsBuysAgainUnlessTheKeyIsTheSame() {
    String key = UUID.randomUUID().toString();
    Reply first = stranger.post("/buy_ticket", BUYER, key);
    Reply again = stranger.post("/buy_ticket", BUYER, key);
    assertEquals(first.text(), again.text());
    assertEquals("true", again.header("Idempotent-Replayed"));
    stranger.post("/buy_ticket", BUYER);
    assertEquals(2, stranger.get("/inventory").body().get("total_purchases").asLong());
  }

  @Test
  void aResetReleasesWhatIsReservedAndCountsAnew() {
    stranger.post("/buy_ticket", BUYER);
    Reply held = office.post("/v1/reservations", Shop.lines("concert-ticket-a", 40));
    office.post("/v1/items/concert-ticket-a/receipts", "{\"quantity\":500}");
    assertEquals(559, stranger.get("/inventory").body().get("current_stock").asLong());
    assertEquals(200, stranger.post("/reset", "{}").status());
    JsonNode inventory = stranger.get("/inventory").body();
    assertEquals(100, inventory.get("current_stock").asLong());
    assertEquals(0, inventory.get("total_purchases").asLong());
    assertEquals("released", office.get(held.header("Location")).body().get("state").asText());
  }

  @Test
  void resetsAtTheSameMomentDoNotAddUp() {
    IntStream.range(0, 5).forEach(_ -> stranger.post("/buy_ticket", BUYER));
    try (ExecutorService people = Executors.newFixedThreadPool(8)) {
      List<CompletableFuture<Reply>> resets =
          IntStream.range(0, 8)
              .mapToObj(
                  _ -> CompletableFuture.supplyAsync(() -> stranger.post("/reset", ""), people))
              .toList();
      resets.forEach(reset -> assertEquals(200, reset.join().status()));
    }
    assertEquals(100, stranger.get("/inventory").body().get("current_stock").asLong());
  }

  @Test
  void aPageOfAnotherSiteCanNotBuy() {
    for (Map.Entry<String, String> header :
        Map.of("Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example").entrySet()) {
      Reply refused =
          stranger.send(
              stranger
                  .request("/buy_ticket")
                  .header("Content-Type", "application/json")
                  .header(header.getKey(), header.getValue()),
              BUYER);
      assertEquals(403, refused.status());
    }
    Reply own =
        stranger.send(
            stranger
                .request("/buy_ticket")
                .header("Content-Type", "application/json")
                .header("Origin", stranger.address())
                .header("Sec-Fetch-Site", "same-origin"),
            BUYER);
    assertEquals(200, own.status());
  }

  /// By a name that is not this machine's own, as after DNS rebinding.
  @Test
  void anotherNameForThisMachineIsNotAnswered() throws IOException {
    URI address = URI.create(stranger.address());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket
          .getOutputStream()
          .write("GET /inventory HTTP/1.1\r\nHost: rebound.example\r\n\r\n".getBytes(UTF_8));
      byte[] start = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 403", new String(start, UTF_8));
    }
  }

  @Test
  void badInputBuysNothing() {
    for (String body : List.of("", "{}", "{\"customer_id\":7}", "{\"customer_id\":\"\"}")) {
      assertEquals(400, stranger.post("/buy_ticket", body).status());
    }
    assertEquals(100, stranger.get("/inventory").body().get("current_stock").asLong());
  }

  @Test
  void thePageShowsWhatACrowdGets() {
    Reply page = stranger.get("/");
    assertEquals(200, page.status());
    assertTrue(page.header("Content-Security-Policy").contains("script-src 'self'"));
    assertFalse(page.text().contains("<script>"));
    for (String asset : List.of("base.css", "page.css", "page.js", "chart.js", "icon.svg")) {
      assertEquals(200, stranger.get("/assets/" + asset).status());
    }
    assertEquals(404, stranger.get("/assets/index.html").status());
    assertEquals(202, stranger.post("/demo/buyers", "{\"buyers\":1000}").status());
    try (var ticks = stranger.stream("/demo/stream")) {
      String over =
          ticks.filter(tick -> tick.contains("\"is_over\":true")).findFirst().orElseThrow();
      assertTrue(over.contains("\"sold\":100,\"refused\":900,\"failed\":0"), over);
      assertTrue(over.contains("\"oversold\":0"), over);
    }
  }

  private static Instant soon() {
    return Instant.now().plus(Duration.ofMinutes(1));
  }
}
