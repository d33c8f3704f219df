package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Many commands in one request, each with its own outcome.
class CommandRoutesTest {
  private static final String COMMANDS = "/v1/stock/commands";

  private final Shop shop = TestNode.shared().tenant("sweet-shop");
  private final String sku = shop.stocked(100);

  @Test
  void everyKindOfCommandIsAnsweredAsByItsOwnRoute() {
    String north = shop.opened(10);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(shop.post("/v1/reservations", Shop.lines(sku, 2)).body().get("id").asText());
    }
    String bought = shop.post("/v1/purchases", Shop.lines(sku, 1)).body().get("id").asText();
    Reply reply =
        submit(
            lines("reserve", 3),
            lines("purchase", 1),
            of("change", "id", ids.get(0), "version", 1).replaceFirst("}$", "," + lines(4) + "}"),
            of("commit", "id", ids.get(1)),
            of("release", "id", ids.get(2)),
            of("extend", "id", ids.get(3), "ttl_seconds", 7_200),
            of("return", "id", bought, "reason", "unwanted"),
            of("receive", "sku", sku, "quantity", 5, "location", north),
            of("adjust", "sku", sku, "quantity", -1, "reason", "broken"),
            of("set_safety_stock", "sku", sku, "safety_stock", 3));
    assertEquals(
        List.of(201, 201, 200, 200, 200, 200, 201, 201, 201, 200), statuses(reply), reply.text());
    assertEquals("held", outcome(reply, 0).get("state").asText());
    assertEquals(2, outcome(reply, 2).get("version").asLong());
    assertEquals("committed", outcome(reply, 3).get("state").asText());
    assertEquals(5, outcome(reply, 7).get("on_hand").asLong());
    JsonNode levels = shop.get("/v1/items/" + sku + "/stock").body().get("levels");
    long version = levels.get(0).get("version").asLong();
    Reply second = submit(of("count", "sku", sku, "on_hand", 90, "version", version));
    assertEquals(90, outcome(second, 0).get("on_hand").asLong());
    Reply third = submit(of("transfer", "sku", sku, "from", "main", "to", north, "quantity", 7));
    assertEquals(12, outcome(third, 0).at("/to/on_hand").asLong());
  }

  @Test
  void oneThatIsRefusedHarmsNoOther() {
    String unknown = "01a200fc-13b0-7000-8ace-ea8ac4c9ba1c";
    Reply reply =
        submit(
            lines("purchase", 101),
            lines("purchase", 1),
            of("commit", "id", unknown),
            of("receive", "sku", "no-such", "quantity", 1),
            of("receive", "sku", sku, "quantity", 1));
    assertEquals(200, reply.status());
    assertEquals(List.of(409, 201, 404, 404, 201), statuses(reply), reply.text());
    assertEquals("insufficient_stock", outcome(reply, 0).get("code").asText());
    assertEquals("lines[0].quantity", outcome(reply, 0).at("/errors/0/member").asText());
    assertEquals("unknown_reservation", outcome(reply, 2).get("code").asText());
    assertEquals(100, onHand());
  }

  @Test
  void aThousandCommandsSellWhatThereIs() {
    Reply reply = submit(Collections.nCopies(1_000, lines("purchase", 1)).toArray(String[]::new));
    List<Integer> statuses = statuses(reply);
    assertEquals(100, Collections.frequency(statuses, 201));
    assertEquals(900, Collections.frequency(statuses, 409));
    assertEquals(0, onHand());
  }

  @Test
  void aRepeatGetsTheSameBytesAndHasOneEffect() {
    String key = UUID.randomUUID().toString();
    String body =
        body(lines("purchase", 2), of("receive", "sku", sku, "quantity", 5), lines("reserve", 3));
    Reply first = shop.post(COMMANDS, body, key);
    Reply again = shop.post(COMMANDS, body, key);
    assertEquals(List.of(201, 201, 201), statuses(first), first.text());
    assertEquals(first.text(), again.text());
    assertEquals("", first.header("Idempotent-Replayed"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(103, onHand());
    Reply alone = shop.post("/v1/purchases", "{" + lines(2) + "}", key + "/0");
    assertEquals("true", alone.header("Idempotent-Replayed"));
    assertEquals(outcome(first, 0), alone.body());
    Reply other = shop.post(COMMANDS, body(lines("purchase", 1)), key);
    assertEquals(List.of(422), statuses(other));
    assertEquals(103, onHand());
  }

  @Test
  void aCommandMayHaveAKeyOfItsOwn() {
    String key = UUID.randomUUID().toString();
    String keyed = lines("purchase", 1).replaceFirst("}$", ",\"idempotency_key\":\"" + key + "\"}");
    Reply reply = shop.post(COMMANDS, body(keyed, keyed, lines("purchase", 1)), Shop.newSku());
    assertEquals(List.of(201, 201, 201), statuses(reply), reply.text());
    assertEquals(outcome(reply, 0), outcome(reply, 1));
    assertEquals(98, onHand());
    Reply mixed = submit(keyed, lines("purchase", 1));
    assertEquals("", mixed.header("Idempotent-Replayed"));
    assertEquals(outcome(reply, 0), outcome(mixed, 0));
    assertEquals(97, onHand());
  }

  @Test
  void whatWasRefusedIsDecidedAnew() {
    String key = UUID.randomUUID().toString();
    String body = body(lines("purchase", 1), lines("purchase", 101));
    assertEquals(List.of(201, 409), statuses(shop.post(COMMANDS, body, key)));
    shop.post("/v1/items/" + sku + "/receipts", "{\"quantity\":50}");
    Reply again = shop.post(COMMANDS, body, key);
    assertEquals(List.of(201, 201), statuses(again), again.text());
    assertEquals(48, onHand());
  }

  @Test
  void whatIsAnothersIsUnknown() {
    String held = shop.post("/v1/reservations", Shop.lines(sku, 1)).body().get("id").asText();
    Shop warehouse = TestNode.shared().tenant("warehouse");
    Reply reply =
        warehouse.post(
            COMMANDS,
            body(
                of("commit", "id", held),
                of("release", "id", held),
                of("return", "id", held),
                of("adjust", "sku", sku, "quantity", -1, "reason", "theft")));
    assertEquals(List.of(404, 404, 404, 404), statuses(reply), reply.text());
    assertEquals(401, TestNode.shared().stranger().post(COMMANDS, body()).status());
    assertEquals(100, onHand());
  }

  @Test
  void badInputIsRefusedByItsPlaceBeforeAnythingTakesEffect() {
    String good = lines("purchase", 1);
    Map<String, String> refused =
        Map.ofEntries(
            Map.entry("{}", "commands"),
            Map.entry("{\"commands\":[]}", "commands"),
            Map.entry("{\"commands\":{}}", "commands"),
            Map.entry("{\"commands\":[" + good + "],\"force\":1}", "force"),
            Map.entry(body(good, "7"), "commands[1]"),
            Map.entry(body(good, "{}"), "commands[1].command"),
            Map.entry(body(good, of("steal")), "commands[1].command"),
            Map.entry(body(good, of("expire", "id", "x")), "commands[1].command"),
            Map.entry(body(good, of("RESERVE")), "commands[1].command"),
            Map.entry(body(good, of("reserve")), "commands[1].lines"),
            Map.entry(body(good, good, good, lines("reserve", 0)), "commands[3].lines[0].quantity"),
            Map.entry(body(good, of("reserve", "sku", "x")), "commands[1].sku"),
            Map.entry(body(good, of("commit")), "commands[1].id"),
            Map.entry(body(good, of("commit", "id", "1-1-1-1-1")), "commands[1].id"),
            Map.entry(body(good, of("commit", "id", 7)), "commands[1].id"),
            Map.entry(body(good, of("receive", "quantity", 1)), "commands[1].sku"),
            Map.entry(body(good, of("receive", "sku", sku)), "commands[1].quantity"),
            Map.entry(
                body(good, of("adjust", "sku", sku, "quantity", 0, "reason", "x")),
                "commands[1].quantity"),
            Map.entry(
                body(good, of("transfer", "sku", sku, "from", "main", "to", "main", "quantity", 1)),
                "commands[1].to"),
            Map.entry(
                body(good, of("receive", "sku", sku, "quantity", 1, "force", 1)),
                "commands[1].force"),
            Map.entry(
                body(good, of("release", "id", new UUID(0, 1), "lines", 1)), "commands[1].lines"),
            Map.entry(
                body(good, of("release", "id", new UUID(0, 1), "idempotency_key", "a b")),
                "commands[1].idempotency_key"),
            Map.entry(body(Collections.nCopies(1_001, good).toArray(String[]::new)), "commands"));
    refused.forEach(
        (body, member) -> {
          Reply reply = shop.post(COMMANDS, body);
          assertEquals(400, reply.status(), reply.text());
          assertEquals("invalid_request", reply.code());
          assertEquals(member, reply.member(), body);
        });
    Reply longKey = shop.post(COMMANDS, body(good), "x".repeat(252));
    assertEquals(400, longKey.status());
    assertEquals("Idempotency-Key", longKey.member());
    assertEquals(100, onHand());
    assertEquals(
        200, shop.post(COMMANDS, body(good), "x".repeat(215) + UUID.randomUUID()).status());
  }

  @Test
  void allAreDoneOrNone() {
    String id = shop.post("/v1/reservations", Shop.lines(sku, 5)).body().get("id").asText();
    String version = ",\"version\":1}";
    Reply done =
        together(
            of("receive", "sku", sku, "quantity", 3, "reason", "found"),
            lines("reserve", 102 - 4),
            of("change", "id", id).replaceFirst("}$", "," + lines(4) + version),
            of("commit", "id", id),
            lines("purchase", 1));
    assertEquals(List.of(201, 201, 200, 200, 201), statuses(done), done.text());
    assertEquals(98, onHand());
    String before = shop.get("/v1/items/" + sku + "/stock").text();
    Reply refused =
        together(
            of("receive", "sku", sku, "quantity", 1), lines("purchase", 1), lines("purchase", 2));
    assertEquals(409, refused.status(), refused.text());
    assertEquals("insufficient_stock", refused.code());
    assertEquals("commands[2].lines[0].quantity", refused.member());
    assertTrue(refused.body().get("detail").asText().startsWith("commands[2]: "));
    assertEquals(2, refused.body().at("/shortages/0/missing").asLong());
    assertEquals(before, shop.get("/v1/items/" + sku + "/stock").text());
  }

  @Test
  void theFirstThatIsRefusedIsTheAnswer() {
    String id = shop.post("/v1/reservations", Shop.lines(sku, 5)).body().get("id").asText();
    String good = lines("purchase", 1);
    String unknown = "01a200fc-13b0-7000-8ace-ea8ac4c9ba1c";
    assertRefused(404, "commands[1].id", good, of("commit", "id", unknown));
    assertRefused(404, "commands[0].sku", of("receive", "sku", "no-such", "quantity", 1), good);
    assertRefused(
        404,
        "commands[1].location",
        good,
        of("receive", "sku", sku, "quantity", 1, "location", "nowhere"));
    assertRefused(409, "commands[1].id", of("release", "id", id), of("commit", "id", id));
    assertRefused(
        412,
        "commands[1].version",
        of("extend", "id", id, "ttl_seconds", 60),
        of("change", "id", id).replaceFirst("}$", "," + lines(4) + ",\"version\":1}"));
    assertRefused(
        412, "commands[1].version", good, of("count", "sku", sku, "on_hand", 1, "version", 2));
    assertEquals("held", shop.get("/v1/reservations/" + id).body().get("state").asText());
    assertEquals(100, onHand());
  }

  private void assertRefused(int status, String member, String... commands) {
    Reply reply = together(commands);
    assertEquals(status, reply.status(), reply.text());
    assertEquals(member, reply.member(), reply.text());
  }

  @Test
  void whatIsDoneTogetherHasOneKey() {
    String key = UUID.randomUUID().toString();
    String body = atomic(lines("purchase", 1), lines("reserve", 2), lines("reserve", 3));
    Reply first = shop.post(COMMANDS, body, key);
    Reply again = shop.post(COMMANDS, body, key);
    assertEquals(200, first.status(), first.text());
    assertEquals(first.text(), again.text());
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(99, onHand());
    Reply other = shop.post(COMMANDS, atomic(lines("purchase", 1)), key);
    assertEquals("key_reused", other.code(), other.text());
    assertEquals("Idempotency-Key", other.member());
    String keyed = of("release", "id", new UUID(0, 1), "idempotency_key", "mine");
    Reply refused = together(lines("purchase", 1), keyed);
    assertEquals(400, refused.status());
    assertEquals("commands[1].idempotency_key", refused.member());
    assertEquals(99, onHand());
  }

  @Test
  void whatIsDoneTogetherIsBounded() {
    String good = lines("purchase", 1);
    assertBad("commands", Collections.nCopies(1_001, good).toArray(String[]::new));
    String many =
        of("reserve")
            .replaceFirst(
                "}$",
                ",\"lines\":["
                    + String.join(",", Collections.nCopies(500, "{\"sku\":\"x\",\"quantity\":1}"))
                    + "]}");
    assertBad("commands", Collections.nCopies(9, many).toArray(String[]::new));
    assertBad("commands[1].lines[0].quantity", good, lines("purchase", 0));
    Reply flag = shop.post(COMMANDS, atomic(good).replace("true", "1"));
    assertEquals("atomic", flag.member());
    assertEquals(100, onHand());
  }

  private void assertBad(String member, String... commands) {
    Reply reply = together(commands);
    assertEquals(400, reply.status(), reply.text());
    assertEquals(member, reply.member(), reply.text());
  }

  private Reply together(String... commands) {
    return shop.post(COMMANDS, atomic(commands));
  }

  private static String atomic(String... commands) {
    return body(commands).replaceFirst("^\\{", "{\"atomic\":true,");
  }

  private long onHand() {
    return shop.get("/v1/items/" + sku + "/stock").body().get("on_hand").asLong();
  }

  private Reply submit(String... commands) {
    Reply reply = shop.post(COMMANDS, body(commands));
    assertEquals(200, reply.status(), reply.text());
    return reply;
  }

  private static String body(String... commands) {
    return "{\"commands\":[" + String.join(",", commands) + "]}";
  }

  /// @param members names and values in turns
  private static String of(String command, Object... members) {
    StringBuilder text = new StringBuilder("{\"command\":\"" + command + "\"");
    for (int i = 0; i < members.length; i += 2) {
      Object value = members[i + 1];
      text.append(",\"").append(members[i]).append("\":");
      text.append(value instanceof Number ? value.toString() : "\"" + value + "\"");
    }
    return text.append('}').toString();
  }

  private String lines(String command, long quantity) {
    return of(command).replaceFirst("}$", "," + lines(quantity) + "}");
  }

  private String lines(long quantity) {
    return Shop.lines(sku, quantity).replaceFirst("^\\{(.*)}$", "$1");
  }

  private static List<Integer> statuses(Reply reply) {
    List<Integer> statuses = new ArrayList<>();
    reply.body().get("outcomes").forEach(each -> statuses.add(each.get("status").asInt()));
    return statuses;
  }

  private static JsonNode outcome(Reply reply, int index) {
    return reply.body().get("outcomes").get(index).get("body");
  }
}
