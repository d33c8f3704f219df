package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A tenant puts roles of its own together, and gives them to people and keys.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoleRoutesTest {

  private final String slug = "roles-" + UUID.randomUUID();
  private final People people = new People(slug);
  private Shop owner = TestNode.shared().stranger();
  private String username = "";
  private String user = "";

  @BeforeAll
  void makeTenant() throws IOException, InterruptedException {
    String folder = TestNode.shared().folder().toString();
    String invitation = Program.run("tenant", "--data-dir", folder, "create", slug).output();
    people.registerOwner("boss", invitation.strip());
    owner = people.loggedIn("boss").shop();
    username = people.registered();
    user = "/v1/users/" + People.id(owner, username);
  }

  private static String newName() {
    return "role-" + UUID.randomUUID();
  }

  private static String role(String name, String... permissions) {
    return "{\"name\":\"%s\",\"permissions\":[\"%s\"]}"
        .formatted(name, String.join("\",\"", permissions));
  }

  private static String permissions(String... permissions) {
    return "{\"permissions\":[\"%s\"]}".formatted(String.join("\",\"", permissions));
  }

  private String made(String... permissions) {
    String name = newName();
    Reply made = owner.post("/v1/roles", role(name, permissions));
    assertEquals(201, made.status(), made.text());
    return name;
  }

  private Reply remove(Shop shop, String name) {
    return shop.send(shop.request("/v1/roles/" + name).DELETE());
  }

  private Reply keyWith(Shop shop, String role) {
    return shop.post("/v1/api-keys", "{\"name\":\"x\",\"role\":\"%s\"}".formatted(role));
  }

  private Shop withRole(String role) {
    return new Shop(
        TestNode.shared().stranger().address(),
        keyWith(owner, role).body().path("secret").asText());
  }

  @Test
  void aRoleGivesWhatItSaysAndNothingElse() {
    String name = made("read_stock", "receive", "read_stock");
    Reply found = owner.get("/v1/roles/" + name);
    assertEquals("\"1\"", found.header("ETag"));
    assertEquals("[\"read_stock\",\"receive\"]", found.body().path("permissions").toString());
    Shop shop = withRole(name);
    assertEquals(200, shop.get("/v1/locations").status());
    assertEquals("ping", shop.get("/v1/ping").body().path("needs").asText());
    assertEquals(403, shop.get("/v1/items").status());
  }

  @Test
  void theListHasTheRolesOfEveryTenantToo() {
    String name = made("sell");
    JsonNode roles = owner.get("/v1/roles").body().path("roles");
    assertEquals("owner", roles.path(0).path("name").asText());
    assertTrue(roles.path(0).path("permissions").toString().contains("manage_roles"));
    List<String> own = new ArrayList<>();
    for (JsonNode role : roles) {
      if (!role.path("built_in").asBoolean()) {
        own.add(role.path("name").asText());
      }
    }
    assertEquals(5, roles.size() - own.size());
    assertTrue(own.contains(name));
    assertEquals("\"0\"", owner.get("/v1/roles/staff").header("ETag"));
  }

  @Test
  void aChangedRoleIsInForceForUsersAndKeys() throws Exception {
    String name = made("read_users");
    Shop person = people.loggedIn(username).shop();
    Shop program = withRole(name);
    Reply given = owner.patch(user, "{\"roles\":[\"%s\"]}".formatted(name));
    assertEquals(200, given.status(), given.text());
    TestNode.letForget();
    assertEquals(200, person.get("/v1/users").status());
    assertEquals(200, program.get("/v1/users").status());
    Reply changed = owner.patch("/v1/roles/" + name, permissions("read_stock"));
    assertEquals("\"2\"", changed.header("ETag"));
    TestNode.letForget();
    for (Shop shop : List.of(person, program)) {
      assertEquals("read_users", shop.get("/v1/users").body().path("needs").asText());
      assertEquals(200, shop.get("/v1/locations").status());
    }
  }

  @Test
  void aStaleChangeIsRefused() {
    String address = "/v1/roles/" + made("sell");
    assertEquals(200, owner.patch(address, permissions("buy"), "If-Match", "\"1\"").status());
    Reply stale = owner.patch(address, permissions("receive"), "If-Match", "\"1\"");
    assertEquals(412, stale.status());
    assertEquals("version_conflict", stale.code());
    Reply removed = owner.send(owner.request(address).header("If-Match", "\"1\"").DELETE());
    assertEquals(412, removed.status());
    assertEquals("[\"buy\"]", owner.get(address).body().path("permissions").toString());
  }

  @Test
  void aRoleThatSomebodyHasIsNotRemoved() {
    String name = made("sell");
    Reply key = keyWith(owner, name);
    assertEquals("role_in_use", remove(owner, name).code());
    owner.send(owner.request(key.header("Location")).DELETE());
    owner.patch(user, "{\"roles\":[\"staff\",\"%s\"]}".formatted(name));
    assertEquals("role_in_use", remove(owner, name).code());
    owner.patch(user, "{\"roles\":[\"staff\"]}");
    assertEquals(204, remove(owner, name).status());
    assertEquals("unknown_role", remove(owner, name).code());
    assertEquals("role", keyWith(owner, name).member());
    assertEquals("roles", owner.patch(user, "{\"roles\":[\"%s\"]}".formatted(name)).member());
  }

  @Test
  void whatIsRemovedWhileItIsGivenIsOneOfTheTwo() throws Exception {
    for (int i = 0; i < 5; i++) {
      String name = made("sell");
      try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Reply> given =
            both.submit(() -> owner.patch(user, "{\"roles\":[\"%s\"]}".formatted(name)));
        Future<Reply> removed = both.submit(() -> remove(owner, name));
        boolean isGiven = given.get().status() == 200;
        boolean isRemoved = removed.get().status() == 204;
        assertTrue(isGiven ^ isRemoved, given.get().text() + removed.get().text());
      }
      owner.patch(user, "{\"roles\":[\"staff\"]}");
    }
  }

  @Test
  void nobodyMakesChangesOrGivesMoreThanTheyHave() {
    Shop keeper =
        withRole(
            made("manage_roles", "read_roles", "manage_keys", "manage_users", "sell", "receive"));
    Reply more = keeper.post("/v1/roles", role(newName(), "sell", "transfer"));
    assertEquals(403, more.status());
    assertEquals("transfer", more.body().path("needs").asText());
    String own = newName();
    assertEquals(201, keeper.post("/v1/roles", role(own, "sell")).status());
    assertEquals(403, keeper.patch("/v1/roles/" + own, permissions("transfer")).status());
    String strong = made("transfer");
    assertEquals(403, keeper.patch("/v1/roles/" + strong, permissions("sell")).status());
    assertEquals(403, remove(keeper, strong).status());
    assertEquals(403, keyWith(keeper, strong).status());
    assertEquals(201, keyWith(keeper, own).status());
    owner.patch(user, "{\"roles\":[\"%s\"]}".formatted(own));
    assertEquals(403, keeper.patch(user, "{\"roles\":[\"%s\"]}".formatted(strong)).status());
    owner.patch("/v1/roles/" + own, permissions("transfer"));
    assertEquals(403, keeper.patch(user, "{\"disabled\":true}").status());
  }

  @Test
  void aKeysScopesAreOfItsRole() {
    String name = made("sell", "buy");
    String wanted = "{\"name\":\"x\",\"role\":\"%s\",\"scopes\":[\"%s\"]}";
    assertEquals("scopes", owner.post("/v1/api-keys", wanted.formatted(name, "ping")).member());
    assertEquals(201, owner.post("/v1/api-keys", wanted.formatted(name, "buy")).status());
  }

  @Test
  void badInputIsToldWithItsPlace() {
    assertEquals("name", owner.post("/v1/roles", role("Ticket King", "sell")).member());
    assertEquals("permissions[1]", owner.post("/v1/roles", role("x", "sell", "fly")).member());
    assertEquals(
        "permissions", owner.post("/v1/roles", "{\"name\":\"x\",\"permissions\":[]}").member());
    assertEquals("permissions", owner.post("/v1/roles", "{\"name\":\"x\"}").member());
    String name = made("sell");
    assertEquals("role_exists", owner.post("/v1/roles", role(name, "sell")).code());
    assertEquals("role_exists", owner.post("/v1/roles", role("staff", "sell")).code());
    assertEquals("built_in_role", owner.patch("/v1/roles/staff", permissions("sell")).code());
    assertEquals("built_in_role", remove(owner, "owner").code());
    assertEquals("unknown_role", owner.get("/v1/roles/A%20king").code());
    assertEquals("unknown_role", owner.patch("/v1/roles/king", permissions("sell")).code());
  }

  @Test
  void aRepeatedKeyGetsTheFirstAnswer() {
    String body = role(newName(), "sell");
    Reply first = owner.post("/v1/roles", body, "one-role");
    Reply second = owner.post("/v1/roles", body, "one-role");
    assertEquals(201, first.status(), first.text());
    assertEquals("", first.header("Idempotent-Replayed"));
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(first.text(), second.text());
    assertEquals("key_reused", owner.post("/v1/roles", role("x", "sell"), "one-role").code());
  }

  @Test
  void theTrailTellsWhatARoleGaveAndGives() {
    String name = made("sell");
    Reply changed = owner.patch("/v1/roles/" + name, permissions("buy"));
    JsonNode entry =
        owner
            .get("/v1/audit/entries?request_id=" + changed.header("X-Request-Id"))
            .body()
            .at("/entries/0");
    assertEquals("changeRole", entry.path("operation").asText());
    assertEquals("sell", entry.at("/before/permissions").asText());
    assertEquals("buy", entry.at("/after/permissions").asText());
  }
}
