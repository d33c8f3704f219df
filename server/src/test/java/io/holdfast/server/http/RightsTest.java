package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.ApiDescription.Operation;
import io.holdfast.server.http.Shop.Reply;
import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.Rights;
import io.holdfast.server.identity.Role;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Every operation of the API's description is asked for by every role, in its own tenant and in
/// another one, and by nobody.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "rights.md");

  /// What no operation takes: whoever is let in is told so, and nothing has an effect.
  private static final String NO_BODY = "[";

  /// What an operation takes that is about one thing, so that only the thing can be wrong.
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("acknowledge", "{\"reason\":\"a test\"}"),
          Map.entry("adjust", "{\"quantity\":1,\"reason\":\"a test\"}"),
          Map.entry("cancelImport", ""),
          Map.entry("changeItem", "{\"category\":\"a test\"}"),
          Map.entry("changeRole", "{\"permissions\":[\"ping\"]}"),
          Map.entry("changeUser", "{\"disabled\":false}"),
          Map.entry("changeReservation", Shop.lines("W-00001", 1)),
          Map.entry("commit", ""),
          Map.entry("correct", "{\"on_hand\":1,\"reason\":\"a test\"}"),
          Map.entry("count", "{\"on_hand\":1,\"version\":1}"),
          Map.entry("extend", "{\"ttl_seconds\":60}"),
          Map.entry("giveBack", ""),
          Map.entry("payOrder", ""),
          Map.entry("payForOrder", OneOfEach.PAYMENT),
          Map.entry("setPaymentSettings", "{\"provider\":\"manual\"}"),
          Map.entry("fulfilOrder", ""),
          Map.entry("cancelOrder", ""),
          Map.entry("returnOrder", ""),
          Map.entry("receive", "{\"quantity\":1}"),
          Map.entry("release", ""),
          Map.entry("rotateKey", "{}"),
          Map.entry("changeWebhook", OneOfEach.WEBHOOK),
          Map.entry("rotateWebhookSecret", "{}"),
          Map.entry("replayWebhook", "{\"dead\":true}"),
          Map.entry("setPriority", "{\"priority\":1}"),
          Map.entry("setPurchaseLimit", "{\"max_quantity\":1,\"window_seconds\":60}"),
          Map.entry("setSafetyStock", "{\"safety_stock\":1}"),
          Map.entry("transfer", "{\"from\":\"main\",\"to\":\"moon\",\"quantity\":1}"));

  private final Keys sweets = Keys.ofTenant("sweet-shop");

  /// A key has no session of a browser.
  private static final Set<String> UNANSWERED = Set.of("getConsoleSession", OneOfEach.ENDLESS);

  private final Keys warehouse = Keys.ofTenant("warehouse");
  private final Shop stranger = TestNode.shared().stranger();
  private final OneOfEach things = OneOfEach.of(sweets.of(Role.OWNER));
  private final List<Asker> askers =
      Stream.concat(
              Stream.of(Role.values()).map(this::ofRole),
              // One has what the other lacks, so each permission is tried by itself.
              Stream.of(everySecond(0), everySecond(1)).map(this::ofCustomRole))
          .toList();

  /// Somebody with one role in the tenant whose things are asked for, and in another one.
  private record Asker(String role, Set<Permission> permissions, Shop own, Shop foreign) {
    boolean may(Operation operation) {
      return permissions.contains(permission(operation)) || mayWithItsOwnAlone(operation);
    }

    boolean mayWithItsOwnAlone(Operation operation) {
      return !permissions.contains(permission(operation))
          && Rights.ofOwn(operation.id()).filter(permissions::contains).isPresent();
    }
  }

  private Asker ofRole(Role role) {
    Set<Permission> permissions = Permission.of(Set.of(role.code()), Set.of());
    return new Asker(role.code(), permissions, sweets.of(role), warehouse.of(role));
  }

  private Asker ofCustomRole(Set<Permission> permissions) {
    String name = "role-" + UUID.randomUUID();
    return new Asker(
        name,
        permissions,
        withRole(sweets, name, permissions),
        withRole(warehouse, name, permissions));
  }

  private static Shop withRole(Keys tenant, String role, Set<Permission> permissions) {
    Shop owner = tenant.of(Role.OWNER);
    String codes =
        permissions.stream()
            .map(permission -> '"' + permission.code() + '"')
            .collect(Collectors.joining(","));
    owner.post("/v1/roles", "{\"name\":\"%s\",\"permissions\":[%s]}".formatted(role, codes));
    Reply made =
        owner.post(
            "/v1/api-keys", "{\"name\":\"made for a test\",\"role\":\"%s\"}".formatted(role));
    return new Shop(owner.address(), made.body().path("secret").asText());
  }

  private static Set<Permission> everySecond(int first) {
    List<Permission> all = List.of(Permission.values());
    return IntStream.range(0, all.size())
        .filter(i -> i % 2 == first)
        .mapToObj(all::get)
        .collect(Collectors.toSet());
  }

  @Test
  void theTableHasTheOperationsThatNeedACallerAndNoOther() {
    assertEquals(
        operations().map(Operation::id).sorted().toList(),
        Rights.operations().stream().sorted().toList());
  }

  @Test
  void everyRoleMayDoWhatTheTableSaysAndNothingElse() {
    forEveryRole(
        operations(),
        (operation, asker) -> {
          Reply reply = ask(asker.own(), operation, NO_BODY);
          if (asker.may(operation)) {
            assertLetIn(operation, asker, reply);
          } else {
            assertForbidden(operation, asker, reply);
          }
        });
  }

  private static void assertLetIn(Operation operation, Asker asker, Reply reply) {
    String where = where(operation, asker) + reply.status();
    // Whoever may do it may still be refused what is not theirs to give.
    boolean isForbidden =
        reply.status() != 200
            && permission(operation).code().equals(reply.body().path("needs").asText());
    assertFalse(reply.status() == 401 || isForbidden, where);
    boolean isAnothers = asker.mayWithItsOwnAlone(operation) && operation.template().contains("{");
    boolean isAnswered = operation.method().equals("GET") && !UNANSWERED.contains(operation.id());
    assertEquals(isAnswered && !isAnothers, reply.status() == 200, where);
  }

  @Test
  void whatIsAnothersOwnIsNotThereForWhoeverMayWithItsOwnAlone() {
    String another = reservedBy(Keys.ofTenant("sweet-shop").of(Role.CUSTOMER));
    forEveryRole(
        operations().filter(operation -> operation.template().startsWith("/v1/reservations/")),
        (operation, asker) -> {
          if (asker.mayWithItsOwnAlone(operation)) {
            String body =
                operation.id().equals("changeReservation")
                    ? Shop.lines(things.sku(), 1)
                    : BODIES.getOrDefault(operation.id(), NO_BODY);
            for (String id : List.of(another, things.reservation())) {
              Reply reply = ask(asker.own(), operation, body, things.withReservation(id));
              assertEquals("unknown_reservation", reply.code(), where(operation, asker));
              assertFalse(reply.text().contains("api-key:"), reply.text());
            }
            OneOfEach own = things.withReservation(reservedBy(asker.own()));
            Reply done = ask(asker.own(), operation, body, own);
            assertEquals(200, done.status(), where(operation, asker) + done.text());
          }
        });
  }

  private String reservedBy(Shop shop) {
    String sku = sweets.of(Role.OWNER).stocked(1);
    return shop.post("/v1/reservations", Shop.lines(sku, 1)).body().path("id").asText();
  }

  @Test
  void nobodyIsLetInWithoutACallerWhereOneIsNeeded() {
    operations()
        .forEach(
            operation ->
                assertEquals(401, ask(stranger, operation, NO_BODY).status(), operation.id()));
  }

  @Test
  void whatIsOpenIsOpenToEverybody() {
    for (Operation operation : ApiDescription.committed().operations()) {
      if (operation.isOpen()) {
        Stream.concat(Stream.of(stranger), Stream.of(Role.values()).map(sweets::of))
            .map(shop -> ask(shop, operation, NO_BODY).status())
            .forEach(status -> assertFalse(List.of(401, 403).contains(status), operation.id()));
      }
    }
  }

  @Test
  void whatIsAnotherTenantsIsNotThere() {
    forEveryRole(
        operations().filter(operation -> operation.template().contains("{")),
        (operation, asker) -> {
          String body = BODIES.getOrDefault(operation.id(), NO_BODY);
          Reply reply = ask(asker.foreign(), operation, body);
          if (asker.may(operation)) {
            assertEquals(404, reply.status(), where(operation, asker) + reply.text());
          } else {
            assertForbidden(operation, asker, reply);
          }
        });
  }

  @Test
  void whatIsAnotherTenantsIsInNoList() {
    operations()
        .filter(operation -> operation.method().equals("GET"))
        .filter(operation -> !operation.template().contains("{"))
        .filter(operation -> !operation.id().equals(OneOfEach.ENDLESS))
        .forEach(
            operation -> {
              assertFalse(told(warehouse, operation).contains(things.sku()), operation.id());
              assertFalse(told(warehouse, operation).contains(things.location()), operation.id());
            });
    assertTrue(sweets.of(Role.OWNER).get("/v1/audit/findings").text().contains(things.sku()));
    assertTrue(sweets.of(Role.OWNER).get("/v1/locations").text().contains(things.location()));
  }

  private static String told(Keys tenant, Operation operation) {
    return tenant.of(Role.OWNER).get(operation.template()).text();
  }

  @Test
  void aKeyThatHasExpiredOrWasRevokedIsNobodys() {
    for (Shop gone : List.of(Keys.expired("sweet-shop"), Keys.revoked("sweet-shop"))) {
      assertEquals(401, gone.get("/v1/ping").status());
      assertEquals(401, gone.get("/metrics").status());
      assertEquals(401, gone.post("/v1/purchases", Shop.lines(things.sku(), 1)).status());
    }
  }

  @Test
  void nodesOfTheVersionBeforeTakeOwnersKeysOnly() throws IOException, SQLException {
    try (Connection application =
            DriverManager.getConnection(
                DataFolder.databaseUrl(TestNode.shared().folder())
                    + "&options=-c%20role=holdfast_app");
        Statement statement = application.createStatement()) {
      for (Role role : Role.values()) {
        String query =
            "SELECT FROM holdfast.tenant_of_key(sha256(convert_to('%s', 'UTF8')))"
                .formatted(sweets.of(role).key());
        try (ResultSet rows = statement.executeQuery(query)) {
          assertEquals(role == Role.OWNER, rows.next(), role.code());
        }
      }
    }
  }

  @Test
  void metricsAreForWhomTheTableSays() {
    for (Role role : Role.values()) {
      Reply reply = sweets.of(role).get("/metrics");
      if (Permission.READ_METRICS.isOf(role)) {
        assertEquals(200, reply.status(), role.code());
      } else {
        assertEquals("read_metrics", reply.body().path("needs").asText(), role.code());
        assertEquals(403, sweets.of(role).get("/metrics/anything").status(), role.code());
      }
    }
  }

  @Test
  void ofABatchWithACommandThatTheCallerMayNotDoNothingIsDone() {
    String stock = "/v1/items/" + things.sku() + "/stock";
    String before = sweets.of(Role.OWNER).get(stock).text();
    for (String atomic : List.of("true", "false")) {
      Reply refused = batch(Role.STAFF, atomic, purchase(), adjustment());
      assertEquals(403, refused.status());
      assertEquals("forbidden", refused.code());
      assertEquals("correct_stock", refused.body().path("needs").asText());
      assertEquals("commands[1].command", refused.member());
    }
    assertEquals("receive", batch(Role.CUSTOMER, "false", receipt()).body().path("needs").asText());
    assertEquals(before, sweets.of(Role.OWNER).get(stock).text());
    Reply done = batch(Role.CUSTOMER, "false", purchase());
    assertEquals(201, done.body().path("outcomes").path(0).path("status").asInt(), done.text());
  }

  private Reply batch(Role role, String atomic, String... commands) {
    return sweets
        .of(role)
        .post(
            "/v1/stock/commands",
            "{\"atomic\":%s,\"commands\":[%s]}".formatted(atomic, String.join(",", commands)));
  }

  private String purchase() {
    return Shop.lines(things.sku(), 1).replaceFirst("\\{", "{\"command\":\"purchase\",");
  }

  private String receipt() {
    return "{\"command\":\"receive\",\"sku\":\"%s\",\"quantity\":1}".formatted(things.sku());
  }

  private String adjustment() {
    return "{\"command\":\"adjust\",\"sku\":\"%s\",\"quantity\":1,\"reason\":\"a test\"}"
        .formatted(things.sku());
  }

  @Test
  void anAuditorMayAskForWhatIsReadAndForNothingElse() {
    operations()
        .filter(operation -> permission(operation) != Permission.OWN_ACCOUNT)
        .forEach(
            operation ->
                assertEquals(
                    operation.method().equals("GET"),
                    isFor(operation, Role.AUDITOR),
                    operation.id()));
  }

  @Test
  void thePageOfRightsIsTheTable() throws IOException {
    String table = page();
    Files.writeString(Path.of("target", "rights.md"), table);
    assertTrue(
        Files.readString(PAGE).contains(table),
        "put server/target/rights.md into docs/reference/rights.md");
  }

  private static String page() {
    return Stream.concat(
            Stream.of(
                "| operation | needs | owner | manager | staff | customer | auditor |",
                "|---|---|---|---|---|---|---|"),
            operations().map(RightsTest::row))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(Operation operation) {
    String roles =
        Stream.of(Role.values())
            .map(role -> " " + told(operation, role) + "|")
            .collect(Collectors.joining());
    return "| `%s %s` | `%s` |%s"
        .formatted(operation.method(), operation.template(), permission(operation).code(), roles);
  }

  private static String told(Operation operation, Role role) {
    if (permission(operation).isOf(role)) {
      return "yes ";
    }
    return isFor(operation, role) ? "own " : "";
  }

  private static Stream<Operation> operations() {
    return ApiDescription.committed().operations().stream()
        .filter(operation -> !operation.isOpen());
  }

  private void forEveryRole(Stream<Operation> operations, BiConsumer<Operation, Asker> check) {
    operations.forEach(operation -> askers.forEach(asker -> check.accept(operation, asker)));
  }

  private static Permission permission(Operation operation) {
    return Rights.ofOperation(operation.id())
        .orElseThrow(() -> new AssertionError(operation.id() + " is not in the table of rights"));
  }

  private static boolean isFor(Operation operation, Role role) {
    return permission(operation).isOf(role)
        || Rights.ofOwn(operation.id()).filter(own -> own.isOf(role)).isPresent();
  }

  private static void assertForbidden(Operation operation, Asker asker, Reply reply) {
    String where = where(operation, asker) + reply.text();
    assertEquals(403, reply.status(), where);
    assertEquals("forbidden", reply.code(), where);
    assertEquals(permission(operation).code(), reply.body().path("needs").asText(), where);
  }

  private static String where(Operation operation, Asker asker) {
    return operation.id() + " " + asker.role() + ": ";
  }

  /// Changes are asked of a version that nothing has.
  private Reply ask(Shop shop, Operation operation, String body) {
    return ask(shop, operation, body, things);
  }

  private static Reply ask(Shop shop, Operation operation, String body, OneOfEach things) {
    HttpRequest.Builder request = shop.request(things.address(operation));
    return switch (operation.method()) {
      case "GET" -> shop.send(request.GET());
      case "DELETE" -> shop.send(request.header("If-Match", "\"999\"").DELETE());
      default ->
          shop.send(
              request
                  .header("Content-Type", "application/json")
                  .method(operation.method(), BodyPublishers.ofString(body)));
    };
  }
}
