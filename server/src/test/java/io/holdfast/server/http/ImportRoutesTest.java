package io.holdfast.server.http;

import static io.holdfast.server.http.BroughtIn.CSV;
import static io.holdfast.server.http.BroughtIn.JSON_LINES;
import static io.holdfast.server.http.BroughtIn.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import io.holdfast.server.identity.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of items, prices and stock: what they say is there, or it is said which line is not and
/// why.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportRoutesTest {
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final Shop shop = TestNode.shared().tenant("sweet-shop");
  private final BroughtIn files = new BroughtIn(shop);

  private static String prefix() {
    return "in-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  private JsonNode item(String sku) {
    return shop.get("/v1/items/" + sku).body();
  }

  private boolean isThere(String sku) {
    return shop.get("/v1/items/" + sku).status() == 200;
  }

  @Test
  void itemsAreMadeAndChangedAndWhatAFileDoesNotNameStays() {
    String p = prefix();
    String made =
        """
        sku,name,description,category,price_amount,price_currency,attributes,tracked
        %1$sa,Apple,"red
        and round",fruit,250,EUR,"{""size"":""big""}",true
        %1$sb,Box,,,,,,false
        """
            .formatted(p);
    assertEquals("done 2/0/0", told(files.ended("kind=items", made)));
    JsonNode apple = item(p + "a");
    assertEquals("red\nand round", apple.path("description").asText());
    assertEquals(250, apple.at("/price/amount").asLong());
    assertEquals("big", apple.at("/attributes/size").asText());
    assertTrue(item(p + "b").path("price").isNull());
    assertEquals(false, item(p + "b").path("tracked").asBoolean());

    String changed =
        """
        sku,category,attributes,archived
        %1$sa,,,true
        %1$sb,boxes,"{""of"":""wood""}",
        %1$sa,twice,,
        """
            .formatted(p);
    JsonNode ended = files.ended("kind=items&on_error=skip", changed);
    assertEquals("done 2/0/1", told(ended));
    assertEquals(List.of("4 duplicate_line sku"), files.errors(ended));
    apple = item(p + "a");
    assertTrue(apple.path("category").isNull());
    assertTrue(apple.path("attributes").isEmpty());
    assertTrue(!apple.path("archived_at").isNull());
    assertEquals("red\nand round", apple.path("description").asText());
    assertEquals(2, apple.path("version").asLong());
    assertEquals(1, shop.get("/v1/items?q=" + p + "b%20wood").body().path("items").size());
    assertEquals("done 0/2/0", told(files.ended("kind=items", head(changed, 3))));
    assertEquals(2, item(p + "a").path("version").asLong());
  }

  private static String head(String text, int lines) {
    return String.join("\n", text.lines().limit(lines).toList()) + "\n";
  }

  @Test
  void whoCameTooLateIsToldWhatAFileChanged() {
    String sku = shop.priced(1, 100);
    files.ended("kind=prices", "sku,price_amount,price_currency\n" + sku + ",300,EUR\n");
    Reply late = shop.patch("/v1/items/" + sku, "{\"category\":\"x\"}", "If-Match", "\"1\"");
    assertEquals(412, late.status(), late.text());
    assertEquals("price", late.body().at("/changes/0/member").asText());
    assertEquals(100, late.body().at("/changes/0/seen/amount").asLong());
    assertEquals(300, late.body().at("/changes/0/found/amount").asLong());
  }

  @Test
  void ofAFileWithABadLineNothingIsApplied() {
    String p = prefix();
    String file =
        """
        {"sku":"%1$sa","name":"A"}
        {"sku":"%1$sb","name":"B","price":{"amount":1,"currency":"XXY"}}
        {"sku":"%1$sc"}
        nonsense
        {"sku":"%1$sd","name":"D","shape":"round"}
        {"sku":"%1$sa","name":"Again"}
        """
            .formatted(p);
    JsonNode ended = files.ended("kind=items", JSON_LINES, file);
    assertEquals("failed 1/0/5", told(ended));
    assertEquals("lines_failed", ended.path("failure").asText());
    assertEquals(
        List.of(
            "2 invalid_value price.currency",
            "3 missing_value name",
            "4 unreadable_line null",
            "5 unknown_column shape",
            "6 duplicate_line sku"),
        files.errors(ended));
    assertEquals(false, isThere(p + "a"));

    JsonNode skipped = files.ended("kind=items&on_error=skip", JSON_LINES, file);
    assertEquals("done 1/0/5", told(skipped));
    assertEquals(files.errors(ended), files.errors(skipped));
    assertTrue(isThere(p + "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abort", "skip"})
  void aDryRunSaysWhatWouldComeOfItAndNoMore(String onError) {
    String p = prefix();
    String sku = shop.stocked(5);
    String file = "sku,name\n%1$sa,A\n%2$s,Made for a test\n%1$sb,\n".formatted(p, sku);
    JsonNode ended = files.ended("kind=items&dry_run=true&on_error=" + onError, file);
    assertEquals(onError.equals("abort") ? "failed 1/1/1" : "done 1/1/1", told(ended));
    assertEquals(List.of("4 invalid_value name"), files.errors(ended));
    assertEquals(false, isThere(p + "a"));
    String stock = "sku,location,on_hand\n" + sku + ",main,9\n";
    assertEquals(
        "done 1/0/0", told(files.ended("kind=stock&dry_run=true&on_error=" + onError, stock)));
    assertEquals(5, files.level(sku).path("on_hand").asLong());
  }

  @Test
  void stockIsCountedOrReceived() {
    String counted = shop.stocked(5);
    String fresh = shop.priced(1, 1);
    String place = shop.opened(10);
    String file =
        """
        {"sku":"%1$s","on_hand":8}
        {"sku":"%2$s","received":4}
        {"sku":"%2$s","location":"%3$s","on_hand":6}
        {"sku":"%1$s","location":"%3$s","on_hand":0}
        """
            .formatted(counted, fresh, place);
    assertEquals("done 3/1/0", told(files.ended("kind=stock", JSON_LINES, file)));
    assertEquals(8, files.level(counted).path("on_hand").asLong());
    assertEquals(11, files.level(fresh).path("on_hand").asLong());
    JsonNode movement = shop.get("/v1/items/" + counted + "/movements").body().at("/movements/0");
    assertEquals("count", movement.path("kind").asText());
    assertTrue(movement.path("reason").asText().matches("import \\d+"), movement.toString());
  }

  @Test
  void stockThatCanNotBeSoIsSaidByTheEngine() {
    String held = shop.stocked(5);
    shop.post("/v1/reservations", Shop.lines(held, 3));
    String untracked = Shop.newSku();
    shop.post(
        "/v1/items", "{\"sku\":\"%s\",\"name\":\"x\",\"tracked\":false}".formatted(untracked));
    String stale = shop.stocked(5);
    shop.receive(stale, "main", 1);
    String good = shop.stocked(1);
    String file =
        """
        sku,location,on_hand,version
        %s,main,2,
        %s,main,2,
        %s,main,9,1
        %s,main,4,
        nothing-like-it,main,4,
        %s,on-the-moon,4,
        """
            .formatted(held, untracked, stale, good, good);
    List<String> errors =
        List.of(
            "2 insufficient_stock null",
            "3 item_not_tracked sku",
            "4 version_conflict version",
            "6 unknown_item sku",
            "7 unknown_location location");
    JsonNode refused = files.ended("kind=stock", file);
    assertEquals("failed 1/0/5", told(refused));
    assertEquals(errors, files.errors(refused));
    assertEquals(1, files.level(good).path("on_hand").asLong());
    JsonNode skipped = files.ended("kind=stock&on_error=skip", file);
    assertEquals("done 1/0/5", told(skipped));
    assertEquals(errors, files.errors(skipped));
    assertEquals(4, files.level(good).path("on_hand").asLong());
    assertEquals(5, files.level(held).path("on_hand").asLong());
  }

  @Test
  void theSameKeyBringsAFileInOnce() {
    String sku = shop.stocked(5);
    String file = "sku,received\n" + sku + ",3\n";
    String key = UUID.randomUUID().toString();
    Reply first = files.send("kind=stock", CSV, file, "Idempotency-Key", key);
    files.ended(first.header("Location"));
    Reply again = files.send("kind=stock", CSV, file, "Idempotency-Key", key);
    assertEquals(202, again.status(), again.text());
    assertEquals(first.text(), again.text());
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(8, files.level(sku).path("on_hand").asLong());
    Reply other = files.send("kind=stock", CSV, file + "\n\n", "Idempotency-Key", key);
    assertEquals("key_reused", other.code(), other.text());
    assertEquals(422, other.status());
  }

  @Test
  void whatAskedForCanNotBeIsSaidAtOnce() {
    assertEquals("kind", files.send("", CSV, "sku\n").member());
    assertEquals("kind", files.send("kind=orders", CSV, "sku\n").member());
    assertEquals("on_error", files.send("kind=items&on_error=no", CSV, "sku\n").member());
    assertEquals("dry_run", files.send("kind=items&dry_run=1", CSV, "sku\n").member());
    assertEquals("format", files.send("kind=items&format=csv", CSV, "sku\n").member());
    for (String type : List.of("application/json", "text/plain", "text/csv;charset=utf-16")) {
      assertEquals(415, files.send("kind=items", type, "sku\n").status(), type);
    }
    assertEquals(415, files.send("kind=items", CSV, "sku\n", "Content-Encoding", "gzip").status());
    Reply header = files.send("kind=items", CSV, "sku,nome\nA,B\n");
    assertEquals(422, header.status());
    assertEquals("unreadable_file", header.code());
    assertTrue(header.text().contains("line 1"), header.text());
    assertEquals("unreadable_file", files.send("kind=items", CSV, "sku,name\nA,\"B\n").code());
    assertEquals("unknown_import", shop.get("/v1/imports/0").code());
    assertEquals("unknown_import", shop.get("/v1/imports/x/errors").code());
  }

  @Test
  void aFileWithoutLinesIsDone() {
    assertEquals("done 0/0/0", told(files.ended("kind=items", "sku,name\r\n")));
    assertEquals("done 0/0/0", told(files.ended("kind=items", JSON_LINES, "")));
  }

  @Test
  void whatIsDoneStandsInTheTrailOnce() {
    String p = prefix();
    JsonNode ended =
        files.ended("kind=items&on_error=skip", "sku,name\n%1$sa,A\n%1$sb,\n".formatted(p));
    JsonNode entries =
        shop.get("/v1/audit/entries?kind=import&subject=" + ended.path("id").asText())
            .body()
            .path("entries");
    assertEquals(2, entries.size(), entries.toString());
    JsonNode end = entries.path(0);
    assertEquals("endImport", end.path("operation").asText());
    assertEquals(ended.path("actor"), end.path("actor"));
    assertEquals("done", end.at("/after/state").asText());
    assertEquals(1, end.at("/after/lines_applied").asLong());
    assertEquals(1, end.at("/after/lines_failed").asLong());
    assertEquals(entries.path(1).path("request_id"), end.at("/after/request_id"));
    assertEquals("createImport", entries.path(1).path("operation").asText());
  }

  @Test
  void whoMayNotDoWhatIsInAFileMayNotBringItIn() {
    Shop owner = Keys.ofTenant("sweet-shop").of(Role.OWNER);
    String role = "role-" + UUID.randomUUID();
    owner.post(
        "/v1/roles",
        "{\"name\":\"%s\",\"permissions\":[\"import_files\",\"change_catalog\"]}".formatted(role));
    Reply key = owner.post("/v1/api-keys", "{\"name\":\"test\",\"role\":\"%s\"}".formatted(role));
    BroughtIn clerk = new BroughtIn(new Shop(owner.address(), key.body().path("secret").asText()));
    assertEquals(202, clerk.send("kind=items", CSV, "sku,name\n").status());
    Reply stock = clerk.send("kind=stock", CSV, "sku,on_hand\n");
    assertEquals(403, stock.status());
    assertEquals("correct_stock", stock.body().path("needs").asText());
  }

  @Test
  void anotherTenantSeesNothingOfIt() {
    String p = prefix();
    JsonNode ended = files.ended("kind=items", "sku,name\n%sa,A\n".formatted(p));
    BroughtIn others = new BroughtIn(TestNode.shared().tenant("warehouse"));
    String address = "/v1/imports/" + ended.path("id").asText();
    assertEquals("unknown_import", others.shop().get(address).code());
    assertEquals("unknown_import", others.shop().get(address + "/errors").code());
    assertEquals("unknown_import", others.shop().post(address + "/cancel", "").code());
    assertTrue(!others.export("items", CSV).text().contains(p));
    assertTrue(shop.get("/v1/imports?limit=1000").text().contains(ended.path("id").asText()));
  }

  @Test
  void whatHasEndedCanNotBeCancelled() {
    JsonNode ended = files.ended("kind=items", "sku,name\n");
    Reply late = shop.post("/v1/imports/" + ended.path("id").asText() + "/cancel", "");
    assertEquals(409, late.status());
    assertEquals("import_ended", late.code());
  }

  /// By its length there should be more of it.
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100000", "Transfer-Encoding: chunked"})
  void ofAFileThatIsCutOffNothingIsApplied(String length) throws IOException {
    String p = prefix();
    StringBuilder lines = new StringBuilder("sku,name\r\n");
    for (int i = 0; i < 1_500; i++) {
      lines.append(p).append(i).append(",Cut off\r\n");
    }
    long before = imports();
    URI node = URI.create(shop.address());
    try (Socket socket = new Socket(node.getHost(), node.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /v1/imports?kind=items&on_error=skip HTTP/1.1\r\nHost: localhost\r\n"
              + "Authorization: Bearer %s\r\nContent-Type: text/csv\r\n%s\r\n\r\n"
                  .formatted(shop.key(), length);
      String chunk = Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n";
      String body = length.startsWith("Transfer") ? chunk : lines.toString();
      out.write((head + body).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Await.until(MAX_WAIT, "it never was so", () -> uploading() > 0);
    }
    Await.until(MAX_WAIT, "it never was so", () -> uploading() == 0);
    assertEquals(before, imports());
    assertEquals(false, isThere(p + "0"));
    assertEquals("done 1/0/0", told(files.ended("kind=items", "sku,name\n" + p + "0,Whole\n")));
  }

  private long imports() {
    return shop.get("/v1/imports?limit=1000").body().path("imports").size();
  }

  /// Those that were begun by now, and not for a test of something else.
  private static long uploading() {
    return new People("sweet-shop")
        .asOwner(
            """
            UPDATE holdfast.imports SET attempts = attempts
            WHERE state = 'uploading' AND touched_at > clock_timestamp() - interval '1 minute'
            """);
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    URI node = URI.create(shop.address());
    String answer =
        raw(
            node,
            "POST /v1/imports?kind=items HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + shop.key()
                + "\r\nContent-Type: text/csv\r\nContent-Length: 67108865\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("too_large"), answer);
  }

  /// Up to the end of the problem: the node goes on waiting for the body that was said to come.
  private static String raw(URI node, String request) {
    try (Socket socket = new Socket(node.getHost(), node.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      for (int next = 0; next != -1 && next != '}'; answer.append((char) next)) {
        next = socket.getInputStream().read();
      }
      return answer.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatIsGivenOutIsNoChangeWhenItIsBroughtIn() {
    Shop office = TestNode.shared().tenant("ticket-office");
    BroughtIn own = new BroughtIn(office);
    String p = prefix();
    String wild =
        """
        {"sku":"%1$s=1","name":"=HYPERLINK(\\"x\\")","description":"a\\n,\\"b\\"",\
        "category":"'quoted","price":{"amount":0,"currency":"JPY"},\
        "attributes":{"-a":"+b","=c":"'d"}}
        {"sku":"%1$s2","name":" @SUM(1)","archived":true,"picture":"https://example.org/=x"}
        {"sku":"%1$s3","name":"'s-Hertogenbosch","tracked":false}
        {"sku":"-%1$s4","name":"Ünïcode 😀"}
        """
            .formatted(p);
    assertEquals("done 4/0/0", told(own.ended("kind=items", JSON_LINES, wild)));
    office.receive(p + "2", "main", 7);
    for (String kind : List.of("items", "prices", "stock")) {
      for (String type : List.of(CSV, JSON_LINES)) {
        Reply file = own.export(kind, type);
        assertEquals(200, file.status());
        assertTrue(file.header("Content-Disposition").contains(kind), file.header("Content-Type"));
        JsonNode ended = own.ended("kind=" + kind, type, file.text());
        String where = kind + " " + type + own.errors(ended);
        assertEquals("done", ended.path("state").asText(), where);
        assertEquals(0, ended.at("/lines/applied").asLong(), where);
        assertNotEquals(0, ended.at("/lines/unchanged").asLong(), where);
        assertEquals(file.text(), own.export(kind, type).text());
      }
    }
    String csv = own.export("items", CSV).text();
    assertTrue(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), csv);
    assertTrue(csv.contains("\"' @SUM(1)\""), csv);
    Csv.parse(csv)
        .forEach(
            row ->
                row.values()
                    .forEach(
                        cell ->
                            assertTrue(
                                cell.strip().isEmpty()
                                    || "=+-@".indexOf(cell.strip().charAt(0)) < 0,
                                cell)));
    String changed = own.export("items", CSV).text().replace("Ünïcode", "Unicode");
    assertEquals(1, own.ended("kind=items", changed).at("/lines/applied").asLong());
  }

  @Test
  void anExportThatNobodyTakesIsNotKept() {
    for (int i = 0; i < 5; i++) {
      var request = shop.request("/v1/exports/stock").method("HEAD", NO_BODY);
      assertEquals(200, shop.send(request).status());
    }
    assertEquals(200, files.export("stock", CSV).status());
  }

  private static final java.net.http.HttpRequest.BodyPublisher NO_BODY =
      java.net.http.HttpRequest.BodyPublishers.noBody();
}
