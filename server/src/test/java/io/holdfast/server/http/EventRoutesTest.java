package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.server.http.Shop.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What has happened is told once, in order, to whoever asks for it. Other tests make events of the
/// same tenant meanwhile, so each looks for those of its own things.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_WAIT_SECONDS = 20;

  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  /// The position of the newest event that can be seen, whoever's it is.
  private long now() {
    long next = -1;
    long before;
    do {
      before = next;
      next = page(Math.max(0, next), "*").path("next").asLong();
    } while (next != before);
    return next;
  }

  private JsonNode page(long after, String types) {
    Reply page = shop.get("/v1/events?limit=500&after=" + after + "&types=" + types);
    assertEquals(200, page.status(), page.text());
    return page.body();
  }

  /// Waits until there are as many events whose text has that of somebody's.
  private List<JsonNode> eventsOf(String whose, long after, String types, int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
    List<JsonNode> found = List.of();
    while (found.size() < count) {
      assertTrue(System.nanoTime() < end, "only " + found);
      found = eventsOf(whose, after, types);
    }
    return found;
  }

  private List<JsonNode> eventsOf(String whose, long after, String types) {
    List<JsonNode> found = new ArrayList<>();
    long position = after;
    JsonNode page = page(position, types);
    while (page.path("next").asLong() > position) {
      page.path("events").forEach(found::add);
      position = page.path("next").asLong();
      page = page(position, types);
    }
    return found.stream().filter(event -> event.toString().contains(whose)).toList();
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.path("type").asText()).toList();
  }

  private void tellOfStock(boolean isWanted) throws InterruptedException {
    Reply set = shop.put("/v1/event-settings", "{\"stock\":%s}".formatted(isWanted));
    assertEquals(200, set.status(), set.text());
    assertEquals(isWanted, set.body().path("stock").asBoolean());
    // As long as the node may take to go by it.
    TimeUnit.SECONDS.sleep(2);
  }

  @Test
  void anOrderIsToldOfStepByStep() {
    long before = now();
    String sku = shop.priced(10, 250);
    JsonNode order = shop.post("/v1/orders", Shop.lines(sku, 3)).body();
    String address = "/v1/orders/" + order.path("id").asText();
    JsonNode paid = shop.post(address + "/pay", "").body();
    shop.post(address + "/fulfil", Shop.lines(sku, 1));
    shop.post(address + "/cancel", "");
    shop.post(address + "/returns", "");
    List<JsonNode> events = eventsOf(order.path("id").asText(), before, "order.*", 5);
    assertEquals(
        List.of(
            "order.placed", "order.paid", "order.fulfilled", "order.cancelled", "order.returned"),
        types(events));
    JsonNode event = events.get(1);
    assertEquals("1.0", event.path("specversion").asText());
    assertEquals("/tenants/sweet-shop", event.path("source").asText());
    assertEquals("orders/" + order.path("id").asText(), event.path("subject").asText());
    assertEquals(paid.path("changed_at"), event.path("time"));
    assertEquals(paid, event.at("/data/order"));
    assertEquals(order, events.getFirst().at("/data/order"));
  }

  @Test
  void whatIsRefusedOrRepeatedIsNotToldOf() {
    long before = now();
    String sku = shop.priced(1, 250);
    assertEquals(409, shop.post("/v1/orders", Shop.lines(sku, 2)).status());
    assertEquals(201, shop.post("/v1/orders", Shop.lines(sku, 1), "once-" + sku).status());
    assertEquals(201, shop.post("/v1/orders", Shop.lines(sku, 1), "once-" + sku).status());
    assertEquals(409, shop.post("/v1/orders", Shop.lines(sku, 1)).status());
    String last = shop.post("/v1/orders", Shop.lines(shop.priced(1, 1), 1)).text();
    eventsOf(id(last), before, "order.placed", 1);
    assertEquals(1, eventsOf(sku, before, "*").size());
  }

  private static String id(String body) {
    try {
      return JSON.readTree(body).path("id").asText();
    } catch (IOException e) {
      throw new AssertionError(body, e);
    }
  }

  @Test
  void anOrderThatWasNotPaidInTimeIsToldOf() {
    long before = now();
    String sku = shop.priced(5, 250);
    String lines = Shop.lines(sku, 2).replaceFirst("}$", ",\"ttl_seconds\":1}");
    String order = id(shop.post("/v1/orders", lines).text());
    List<JsonNode> events = eventsOf(order, before, "order.*", 2);
    assertEquals(List.of("order.placed", "order.expired"), types(events));
    assertEquals("expired", events.getLast().at("/data/order/state").asText());
    assertFalse(
        events
                .getLast()
                .path("time")
                .asText()
                .compareTo(events.getLast().at("/data/order/expires_at").asText())
            < 0);
  }

  @Test
  void reservationsAndStockAreToldOfWhenThatIsWanted() throws InterruptedException {
    long before = now();
    String unheard = shop.stocked(4);
    tellOfStock(true);
    String sku = shop.stocked(10);
    String reserve = Shop.lines(sku, 4).replaceFirst("}$", ",\"customer\":\"ann\"}");
    String reservation = id(shop.post("/v1/reservations", reserve).text());
    shop.post("/v1/reservations/" + reservation + "/extend", "{\"ttl_seconds\":7200}");
    shop.post("/v1/reservations/" + reservation + "/commit", Shop.lines(sku, 3));
    shop.post("/v1/purchases", Shop.lines(sku, 1));
    tellOfStock(false);
    shop.post("/v1/purchases", Shop.lines(sku, 2));
    List<JsonNode> told = eventsOf(reservation, before, "reservation.*", 3);
    assertEquals(
        List.of("reservation.reserved", "reservation.extended", "reservation.committed"),
        types(told));
    assertEquals("ann", told.getFirst().at("/data/customer").asText());
    assertEquals(
        "[{\"sku\":\"%s\",\"location\":\"main\",\"quantity\":4}]".formatted(sku),
        told.getFirst().at("/data/lines").toString());
    assertEquals(1, told.getLast().at("/data/released/0/quantity").asLong());
    assertFalse(told.getFirst().path("data").has("missing"));

    List<JsonNode> levels = eventsOf("levels/main", before, "stock.changed");
    List<JsonNode> own =
        levels.stream().filter(event -> event.at("/data/sku").asText().equals(sku)).toList();
    assertEquals(4, own.size(), own.toString());
    assertEquals(
        List.of("10/0/10", "10/4/6", "7/0/7", "6/0/6"),
        own.stream()
            .map(event -> event.path("data"))
            .map(
                level ->
                    Stream.of("on_hand", "reserved", "available")
                        .map(member -> level.path(member).asText())
                        .reduce((a, b) -> a + "/" + b)
                        .orElseThrow())
            .toList());
    assertEquals("items/" + sku + "/levels/main", own.getFirst().path("subject").asText());
    assertTrue(eventsOf(unheard, before, "*").isEmpty());
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEnded() {
    long before = now();
    String sku = shop.priced(50, 250);
    for (int i = 0; i < 7; i++) {
      shop.post("/v1/orders", Shop.lines(sku, 1));
    }
    eventsOf(sku, before, "*", 7);
    List<Long> ids = new ArrayList<>();
    long position = before;
    long end = now();
    while (position < end) {
      JsonNode page = shop.get("/v1/events?limit=2&after=" + position).body();
      page.path("events").forEach(event -> ids.add(event.path("id").asLong()));
      position = page.path("next").asLong();
    }
    for (int i = 0; i < ids.size(); i++) {
      assertEquals(before + 1 + i, ids.get(i));
    }
  }

  @Test
  void theStreamGoesOnWhereItWasLeft() throws IOException, InterruptedException {
    String sku = shop.priced(50, 250);
    String first;
    try (Listening stream = Listening.of(shop, "types=order.placed", null)) {
      String order = id(shop.post("/v1/orders", Shop.lines(sku, 1)).text());
      first = stream.idOf(order);
      // Of another type.
      shop.post("/v1/orders/" + order + "/pay", "");
    }
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      missed.add(id(shop.post("/v1/orders", Shop.lines(sku, 1)).text()));
    }
    try (Listening stream = Listening.of(shop, "types=order.placed", first)) {
      List<Long> ids = new ArrayList<>();
      for (String order : missed) {
        ids.add(Long.parseLong(stream.idOf(order)));
      }
      assertEquals(ids.stream().sorted().toList(), ids);
      assertTrue(ids.getFirst() > Long.parseLong(first));
    }
  }

  @Test
  void whatCanNotBeMeantIsSaid() {
    for (String wrong :
        List.of("after=-1", "after=x", "types=order.flown", "types=", "limit=501", "from=1")) {
      Reply reply = shop.get("/v1/events?" + wrong);
      assertEquals(400, reply.status(), wrong + reply.text());
      assertEquals(wrong.replaceFirst("=.*", ""), reply.member());
    }
    assertEquals("after", shop.get("/v1/events?after=" + Long.MAX_VALUE).member());
    assertEquals(400, shop.put("/v1/event-settings", "{\"keep_days\":366}").status());
    assertEquals(
        412,
        shop.put("/v1/event-settings", "{\"stock\":false}", "If-Match", "\"123456789\"").status());
  }

  @Test
  void whatIsNotKeptAnyMoreIsSaid() {
    Shop office = TestNode.shared().tenant("ticket-office");
    String sku = office.priced(9, 250);
    String order = id(office.post("/v1/orders", Shop.lines(sku, 1)).text());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
    String next = "0";
    Reply page = office.get("/v1/events");
    while (!page.text().contains(order)) {
      assertTrue(System.nanoTime() < end, page.text());
      next = page.body().path("next").asText();
      page = office.get("/v1/events?limit=500&after=" + next);
    }
    People owner = new People("ticket-office");
    assertTrue(
        owner.asOwner(
                """
                UPDATE holdfast.event_batches SET published_at = published_at - interval '31 days'
                """)
            > 0);
    owner.asOwner("DO $$ BEGIN PERFORM holdfast.forget('event_batches', 1000); END $$");
    Reply gone = office.get("/v1/events?after=0");
    assertEquals(410, gone.status(), gone.text());
    assertEquals("events_gone", gone.code());
    long first = gone.body().path("first").asLong();
    Reply kept = office.get("/v1/events?after=" + (first - 1));
    assertEquals(200, kept.status(), kept.text());
    assertEquals(200, office.get("/v1/events").status());
  }

  /// A client of the stream that was given an address and, coming again, the last id.
  private static final class Listening implements AutoCloseable {
    private final BufferedReader lines;

    private Listening(BufferedReader lines) {
      this.lines = lines;
    }

    static Listening of(Shop shop, String query, @Nullable String last)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(shop.address() + "/v1/events/stream?" + query))
              .header("Authorization", "Bearer " + shop.key());
      if (last != null) {
        request.header("Last-Event-ID", last);
      }
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(200, response.statusCode());
      assertTrue(
          response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
      Listening stream =
          new Listening(
              new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
      // It listens from then on.
      assertEquals(":open", stream.lines.readLine().replace(" ", ""));
      return stream;
    }

    /// Reads on to the event of an order.
    String idOf(String order) throws IOException {
      String id = "";
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        }
        if (line.startsWith("event:")) {
          assertEquals("order.placed", line.substring(6).strip());
        }
        if (line.startsWith("data:") && line.contains(order)) {
          assertEquals(id, JSON.readTree(line.substring(5)).path("id").asText());
          return id;
        }
        line = lines.readLine();
      }
      throw new AssertionError("the stream ended before order " + order);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
