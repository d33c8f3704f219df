package io.holdfast.server.http;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.ApiDescription.Operation;
import io.holdfast.server.http.Shop.Reply;
import io.holdfast.server.payment.StripeServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever changes something leaves an entry in the trail or a movement in the ledger: every
/// operation of the API's description that does not only read is done once. One that is added has
/// to say here how it is done, and what it leaves.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrailCoverageTest {
  private static final String ANOTHER_PASSWORD = "a dog ran off 5 lawns";

  private static final String EVENT_SECRET = "whsec_of_the_trail";
  private static final String PAID_AT_STRIPE =
      """
      {"provider":"stripe","secret_key":"%s","webhook_secret":"%s"}"""
          .formatted(StripeServer.KEY, EVENT_SECRET);

  private final Shop shop = TestNode.shared().tenant("sweet-shop");
  private final Shop visitor = TestNode.shared().stranger();

  /// What an operation leaves.
  private enum Left {
    ENTRY,
    MOVEMENT,
    /// It changes nothing by itself, and is known when it comes again.
    EVENT,
    /// With each use of a refresh token its row says when that was.
    USED_TOKEN
  }

  /// How an operation is done.
  ///
  /// @param body empty: without one
  private record Doing(Left left, String body) {}

  private static Doing entryOf(String body) {
    return new Doing(Left.ENTRY, body);
  }

  private static Doing movementOf(String body) {
    return new Doing(Left.MOVEMENT, body);
  }

  /// `SKU`, `NEW` and the like stand for things that are made for the operation.
  private static final Map<String, Doing> DOINGS =
      Map.ofEntries(
          entry("acknowledge", entryOf("{\"reason\":\"a test\"}")),
          entry("adjust", movementOf("{\"quantity\":1,\"reason\":\"a test\"}")),
          entry("buyTicket", movementOf("{\"customer_id\":\"somebody\"}")),
          entry("changeReservation", movementOf(Shop.lines("SKU", 2))),
          entry("changeUser", entryOf("{\"roles\":[\"staff\"]}")),
          entry("inviteUser", entryOf("")),
          entry("createRole", entryOf("{\"name\":\"role-NUMBER\",\"permissions\":[\"sell\"]}")),
          entry("changeRole", entryOf("{\"permissions\":[\"sell\"]}")),
          entry("removeRole", entryOf("")),
          entry("commit", movementOf("")),
          entry("correct", movementOf("{\"on_hand\":4,\"reason\":\"a test\"}")),
          entry("count", movementOf("{\"on_hand\":4,\"version\":3}")),
          entry("createKey", entryOf("{\"name\":\"a test\",\"role\":\"staff\"}")),
          entry("rotateKey", entryOf("{}")),
          entry("revokeKey", entryOf("")),
          entry("createWebhook", entryOf(OneOfEach.WEBHOOK)),
          entry("changeWebhook", entryOf(OneOfEach.WEBHOOK)),
          entry("rotateWebhookSecret", entryOf("{}")),
          entry("replayWebhook", entryOf("{\"dead\":true}")),
          entry("removeWebhook", entryOf("")),
          entry("createItem", entryOf("{\"sku\":\"NEW\",\"name\":\"a test\"}")),
          entry("changeItem", entryOf("{\"category\":\"a test\"}")),
          entry("extend", entryOf("{\"ttl_seconds\":7200}")),
          entry("giveBack", movementOf("")),
          entry("placeOrder", entryOf(Shop.lines("SKU", 1))),
          entry("payOrder", entryOf("")),
          entry("payForOrder", entryOf(OneOfEach.PAYMENT)),
          entry("setPaymentSettings", entryOf("{\"provider\":\"manual\"}")),
          entry("takePaymentEvent", new Doing(Left.EVENT, "{\"id\":\"evt_NUMBER\"}")),
          entry("fulfilOrder", entryOf("")),
          entry("cancelOrder", entryOf("")),
          entry("createImport", entryOf("sku,name\nNEW,a test\n")),
          entry("cancelImport", entryOf("")),
          entry("returnOrder", entryOf("")),
          entry("setOrderNumbers", entryOf("{\"pattern\":\"SO-{yyyy}-{000000}\"}")),
          entry("openLocation", entryOf("{\"location\":\"NEW\"}")),
          entry("purchase", movementOf(Shop.lines("SKU", 1))),
          entry("receive", movementOf("{\"quantity\":1}")),
          entry("release", movementOf("")),
          entry("removePurchaseLimit", entryOf("")),
          entry("reserve", movementOf(Shop.lines("SKU", 1))),
          entry("reset", movementOf("")),
          entry("setPolicy", entryOf("{\"expired_commit\":\"refuse\"}")),
          entry("setPriority", entryOf("{\"priority\":7}")),
          entry("setPurchaseLimit", entryOf("{\"max_quantity\":9,\"window_seconds\":60}")),
          entry("setRetention", entryOf("{}")),
          entry("setEventSettings", entryOf("{}")),
          entry("setSafetyStock", movementOf("{\"safety_stock\":1}")),
          entry(
              "submitCommands",
              movementOf(
                  "{\"commands\":[{\"command\":\"receive\",\"sku\":\"SKU\",\"quantity\":1}]}")),
          entry("transfer", movementOf("{\"from\":\"main\",\"to\":\"PLACE\",\"quantity\":1}")));

  /// What people do with accounts of their own.
  private static final Map<String, Left> OF_PEOPLE =
      Map.ofEntries(
          entry("register", Left.ENTRY),
          entry("login", Left.ENTRY),
          entry("refresh", Left.USED_TOKEN),
          entry("logout", Left.ENTRY),
          entry("resetPassword", Left.ENTRY),
          entry("changePassword", Left.ENTRY),
          entry("loginToConsole", Left.ENTRY),
          entry("logoutOfConsole", Left.ENTRY),
          entry("endSession", Left.ENTRY),
          entry("endOtherSessions", Left.ENTRY),
          entry("endSessions", Left.ENTRY));

  private static Stream<Operation> changes() {
    return ApiDescription.committed().operations().stream()
        .filter(operation -> !operation.method().equals("GET"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void leavesWhatTellsOfIt(Operation operation) throws SQLException, IOException {
    Left left = left(operation);
    OneOfEach things = OneOfEach.of(shop);
    prepare(operation, things);
    Person person = Person.loggedIn();
    long before = counted(left);
    Reply reply =
        OF_PEOPLE.containsKey(operation.id())
            ? person.does(operation)
            : ask(operation, things, Objects.requireNonNull(DOINGS.get(operation.id())));
    assertTrue(reply.status() >= 200 && reply.status() < 300, operation + ": " + reply.text());
    switch (left) {
      case MOVEMENT, USED_TOKEN, EVENT -> assertTrue(counted(left) > before, operation.id());
      case ENTRY -> assertEntry(operation, reply);
    }
  }

  private static long counted(Left left) throws SQLException, IOException {
    return switch (left) {
      case ENTRY, MOVEMENT -> movements();
      case USED_TOKEN -> usedTokens();
      case EVENT -> number("sweet-shop", "SELECT count(*) FROM holdfast.payment_events");
    };
  }

  private static Left left(Operation operation) {
    return Optional.ofNullable(OF_PEOPLE.get(operation.id()))
        .or(() -> Optional.ofNullable(DOINGS.get(operation.id())).map(Doing::left))
        .orElseThrow(() -> new AssertionError("say here how " + operation.id() + " is done"));
  }

  /// Somebody who is in.
  private record Person(People people, String name, People.Tokens tokens) {
    static Person loggedIn() {
      People people = new People("sweet-shop");
      String name = people.registered();
      return new Person(people, name, people.loggedIn(name));
    }

    Reply does(Operation operation) {
      Shop shop = tokens.shop();
      return switch (operation.id()) {
        case "register" -> people.register(People.newName());
        case "login" -> people.login(name, People.PASSWORD);
        case "refresh" -> people.refresh(tokens.refresh());
        case "logout" -> people.logout(tokens.refresh());
        case "resetPassword" -> people.reset(invitation(), ANOTHER_PASSWORD);
        case "changePassword" -> shop.post("/v1/account/password", newPassword());
        case "loginToConsole" -> Browser.login("sweet-shop", name, People.PASSWORD, "");
        case "logoutOfConsole" -> Browser.loggedIn("sweet-shop", name).logout();
        case "endSession" -> {
          String id = shop.get("/v1/account/sessions").body().at("/sessions/0/id").asText();
          yield shop.send(shop.request("/v1/account/sessions/" + id).DELETE());
        }
        case "endOtherSessions" -> shop.send(shop.request("/v1/account/other-sessions").DELETE());
        case "endSessions" -> shop.send(shop.request("/v1/account/sessions").DELETE());
        default -> throw new AssertionError("say here how people do " + operation.id());
      };
    }

    private static String newPassword() {
      return "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
          .formatted(People.PASSWORD, ANOTHER_PASSWORD);
    }

    /// To set another password, as the operator gives it.
    private String invitation() {
      String secret = HexFormat.of().formatHex(new byte[21]) + "A";
      String token = "hi_" + tenantOfSweets() + "_" + secret;
      people.asOwner(
          """
          INSERT INTO holdfast.invitations (tenant_id, token_hash, user_id, expires_at)
          SELECT tenant_id, sha256(convert_to(?, 'UTF8')), user_id,
              clock_timestamp() + interval '1 hour'
          FROM holdfast.users WHERE username = ?
          """,
          token,
          name);
      return token;
    }
  }

  /// A return needs something that is gone, a reset something that was sold.
  private void prepare(Operation operation, OneOfEach things) {
    switch (operation.id()) {
      case "giveBack" -> shop.post("/v1/reservations/" + things.reservation() + "/commit", "");
      case "fulfilOrder" -> shop.post("/v1/orders/" + things.order() + "/pay", "");
      case "returnOrder" -> {
        shop.post("/v1/orders/" + things.order() + "/pay", "");
        shop.post("/v1/orders/" + things.order() + "/fulfil", "");
      }
      case "payForOrder", "takePaymentEvent" -> shop.put("/v1/payment-settings", PAID_AT_STRIPE);
      case "buyTicket" -> visitor.post("/reset", "");
      case "reset" -> visitor.post("/buy_ticket", "{\"customer_id\":\"somebody\"}");
      default -> {}
    }
  }

  private Reply ask(Operation operation, OneOfEach things, Doing doing) {
    String body =
        doing
            .body
            .replace("SKU", things.sku())
            .replace("PLACE", things.location())
            .replace("evt_NUMBER", "evt_" + System.nanoTime())
            .replace("NUMBER", UUID.randomUUID().toString())
            .replace("NEW", Shop.newSku());
    Shop asking = operation.isOpen() ? visitor : shop;
    HttpRequest.Builder request = asking.request(things.address(operation));
    if (body.isEmpty()) {
      return asking.send(request.method(operation.method(), BodyPublishers.noBody()));
    }
    return asking.send(
        request
            .header("Stripe-Signature", StripeServer.signature(EVENT_SECRET, body, Instant.now()))
            .header("Content-Type", body.startsWith("{") ? "application/json" : "text/csv")
            .method(operation.method(), BodyPublishers.ofString(body)));
  }

  private void assertEntry(Operation operation, Reply reply) {
    String name = reply.header("X-Request-Id");
    JsonNode entries = shop.get("/v1/audit/entries?request_id=" + name).body().path("entries");
    assertEquals(1, entries.size(), operation.id() + entries);
    JsonNode entry = entries.path(0);
    assertEquals(operation.id(), entry.path("operation").asText());
    String actor = OF_PEOPLE.containsKey(operation.id()) ? "user \\d+" : "api-key \\d+";
    assertTrue(entry.path("actor").asText().matches(actor), entry.toString());
    assertTrue(entry.hasNonNull("before") || entry.hasNonNull("after"), entry.toString());
  }

  /// Nobody else asks meanwhile.
  private static long movements() throws SQLException, IOException {
    String query = "SELECT count(*) FROM holdfast.movements";
    return number("sweet-shop", query) + number("ticket-office", query);
  }

  private static long usedTokens() throws SQLException, IOException {
    return number("sweet-shop", "SELECT count(used_at) FROM holdfast.refresh_tokens");
  }

  private static long tenantOfSweets() {
    try {
      return number("sweet-shop", "SELECT tenant_id FROM holdfast.tenant_of_slug('sweet-shop')");
    } catch (SQLException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long number(String slug, String query) throws SQLException, IOException {
    try (Connection owner =
            DriverManager.getConnection(DataFolder.databaseUrl(TestNode.shared().folder()));
        Statement statement = owner.createStatement()) {
      statement.execute(
          "SELECT set_config('holdfast.tenant_id', tenant_id::text, false)"
              + " FROM holdfast.tenant_of_slug('%s')".formatted(slug));
      try (ResultSet row = statement.executeQuery(query)) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
