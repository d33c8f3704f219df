package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.People.Tokens;
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

/// Owners and managers say what people may do, in a tenant of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserRoutesTest {

  private static final String OTHER_PASSWORD = "7 other cats, no keyboard";

  private final String slug = "people-" + UUID.randomUUID();
  private final People people = new People(slug);

  @BeforeAll
  void makeTenant() throws IOException, InterruptedException {
    people.registerOwner("boss", invitation());
  }

  private String invitation() throws IOException, InterruptedException {
    boolean isThere = people.login("boss", People.PASSWORD).status() == 200;
    return Program.run(
            "tenant",
            "--data-dir",
            TestNode.shared().folder().toString(),
            isThere ? "invite" : "create",
            slug)
        .output()
        .strip();
  }

  private Shop boss() {
    return people.loggedIn("boss").shop();
  }

  private static Reply change(Shop shop, String user, String body) {
    return shop.patch("/v1/users/" + user, body);
  }

  private String withRole(String role) {
    String name = people.registered();
    Reply changed = change(boss(), People.id(boss(), name), "{\"roles\":[\"%s\"]}".formatted(role));
    assertEquals(200, changed.status(), changed.text());
    return name;
  }

  @Test
  void aRoleIsGivenAndTaken() throws Exception {
    String name = people.registered();
    Tokens tokens = people.loggedIn(name);
    String id = People.id(boss(), name);
    assertEquals(403, tokens.shop().get("/v1/users").status());
    Reply changed = change(boss(), id, "{\"roles\":[\"staff\",\"auditor\"]}");
    assertEquals(200, changed.status(), changed.text());
    assertEquals("[\"auditor\",\"staff\"]", changed.body().path("roles").toString());
    TestNode.letForget();
    assertEquals(200, tokens.shop().get("/v1/users/" + id).status());
    change(boss(), id, "{\"roles\":[\"customer\"]}");
    TestNode.letForget();
    assertEquals(403, tokens.shop().get("/v1/users/" + id).status());
  }

  @Test
  void whoeverIsDisabledIsOut() throws Exception {
    String name = people.registered();
    Tokens tokens = people.loggedIn(name);
    String id = People.id(boss(), name);
    assertFalse(change(boss(), id, "{\"disabled\":true}").body().path("disabled_at").isNull());
    assertEquals(401, people.login(name, People.PASSWORD).status());
    assertEquals("token_refused", people.refresh(tokens.refresh()).code());
    TestNode.letForget();
    assertEquals(401, tokens.shop().get("/v1/account").status());
    assertEquals("username_taken", people.register(name).code());
    change(boss(), id, "{\"disabled\":false}");
    assertEquals(200, people.login(name, People.PASSWORD).status());
    assertEquals(401, tokens.shop().get("/v1/account").status());
  }

  @Test
  void nobodyGivesOrTakesWhatTheyHaveNot() {
    Shop manager = people.loggedIn(withRole("manager")).shop();
    String customer = People.id(boss(), people.registered());
    assertEquals(200, change(manager, customer, "{\"roles\":[\"staff\"]}").status());
    Reply owner = change(manager, customer, "{\"roles\":[\"owner\"]}");
    assertEquals(403, owner.status());
    assertEquals("manage_webhooks", owner.body().path("needs").asText());
    String boss = People.id(boss(), "boss");
    assertEquals(403, change(manager, boss, "{\"disabled\":true}").status());
    assertEquals(403, manager.post("/v1/users/" + boss + "/invitations", "").status());
  }

  @Test
  void anOwnerAlwaysStays() throws Exception {
    String other = withRole("owner");
    String first = People.id(boss(), "boss");
    String second = People.id(boss(), other);
    Shop boss = boss();
    Shop otherBoss = people.loggedIn(other).shop();
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> answers =
          List.of(
              both.submit(() -> change(boss, second, "{\"roles\":[\"customer\"]}")),
              both.submit(() -> change(otherBoss, first, "{\"roles\":[\"customer\"]}")));
      for (Future<Reply> answer : answers) {
        replies.add(answer.get());
      }
    }
    assertEquals(1, replies.stream().filter(reply -> reply.status() == 200).count());
    Reply refused =
        replies.stream().filter(reply -> reply.status() != 200).findFirst().orElseThrow();
    assertEquals("last_owner", refused.code());
    people.registerOwner("boss-" + UUID.randomUUID(), invitation());
    people.asOwner(
        """
        INSERT INTO holdfast.memberships (tenant_id, user_id, role)
        SELECT tenant_id, user_id, 'owner' FROM holdfast.users WHERE username = 'boss'
        ON CONFLICT DO NOTHING
        """);
    TestNode.letForget();
  }

  @Test
  void aStaleChangeIsRefused() {
    String id = People.id(boss(), people.registered());
    String seen = boss().get("/v1/users/" + id).header("ETag");
    assertEquals(
        200, boss().patch("/v1/users/" + id, "{\"roles\":[\"staff\"]}", "If-Match", seen).status());
    Reply stale = boss().patch("/v1/users/" + id, "{\"roles\":[\"manager\"]}", "If-Match", seen);
    assertEquals(412, stale.status());
    assertEquals("version_conflict", stale.code());
  }

  @Test
  void anInvitedUserSetsAPassword() {
    String name = people.registered();
    Reply invited = boss().post("/v1/users/" + People.id(boss(), name) + "/invitations", "");
    assertEquals(201, invited.status(), invited.text());
    assertEquals("no-store", invited.header("Cache-Control"));
    String token = invited.body().path("token").asText();
    assertEquals(204, people.reset(token, OTHER_PASSWORD).status());
    assertEquals(200, people.login(name, OTHER_PASSWORD).status());
  }

  @Test
  void badInputIsToldWithItsPlace() {
    String id = People.id(boss(), people.registered());
    assertEquals("roles[0]", change(boss(), id, "{\"roles\":[\"A king\"]}").member());
    assertEquals("roles", change(boss(), id, "{\"roles\":[\"king\"]}").member());
    assertEquals("roles", change(boss(), id, "{\"roles\":[]}").member());
    assertEquals("disabled", change(boss(), id, "{\"disabled\":1}").member());
    assertEquals(400, change(boss(), id, "{}").status());
    assertEquals(404, change(boss(), "0", "{\"disabled\":true}").status());
    assertEquals(404, boss().get("/v1/users/nobody").status());
    assertTrue(boss().get("/v1/users?after=x").text().contains("after"));
  }
}
