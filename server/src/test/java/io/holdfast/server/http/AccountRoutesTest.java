package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.server.http.People.Tokens;
import io.holdfast.server.http.Shop.Reply;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// People register, log in and out, go on, and change their passwords.
class AccountRoutesTest {
  private static final String TENANT = "sweet-shop";
  private static final String OTHER_PASSWORD = "7 other cats, no keyboard";

  private final People people = new People(TENANT);

  @Test
  void whoHasRegisteredLogsInAndMayDoWhatACustomerMay() {
    String name = People.newName();
    Reply registered = people.register(name);
    assertEquals(201, registered.status(), registered.text());
    assertEquals(List.of("customer"), texts(registered, "roles"));

    Shop customer = people.loggedIn(name.toUpperCase(Locale.ROOT)).shop();
    Reply me = customer.get("/v1/account");
    assertEquals(200, me.status(), me.text());
    assertEquals(name, me.body().path("account").path("username").asText());
    assertTrue(me.body().path("actor").asText().startsWith("user "));
    assertEquals(200, customer.get("/v1/items").status());
    Reply refused = customer.post("/v1/items", "{");
    assertEquals(403, refused.status());
    assertEquals("change_catalog", refused.body().path("needs").asText());
  }

  private static List<String> texts(Reply reply, String member) {
    return reply.body().path(member).valueStream().map(node -> node.asText()).toList();
  }

  @Test
  void ofAThousandWhoWantOneNameAtOnceOneGetsIt() throws Exception {
    String name = People.newName();
    List<Reply> replies =
        atOnce(1_000, i -> people.registerApart(i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT)));
    assertEquals(1, replies.stream().filter(reply -> reply.status() == 201).count());
    for (Reply reply : replies) {
      if (reply.status() != 201) {
        assertEquals(400, reply.status(), reply.text());
        assertEquals("username_taken", reply.code());
        assertEquals("Username already registered", reply.body().path("detail").asText());
        assertEquals("username", reply.member());
      }
    }
    assertEquals(200, people.login(name, People.PASSWORD).status());
  }

  private static List<Reply> atOnce(int count, java.util.function.IntFunction<Reply> each)
      throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Reply>> calls =
          IntStream.range(0, count).<Callable<Reply>>mapToObj(i -> () -> each.apply(i)).toList();
      List<Future<Reply>> answers = callers.invokeAll(calls);
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> answer : answers) {
        replies.add(answer.get());
      }
      return replies;
    }
  }

  @Test
  void anotherTenantHasNamesOfItsOwn() {
    String name = people.registered();
    assertEquals(201, new People("warehouse").register(name).status());
    assertEquals(401, new People("warehouse-of-nobody").login(name, People.PASSWORD).status());
  }

  @Test
  void aNameWhosePasswordNeverCameIsFreeAgain() {
    String name = people.registered();
    int changed =
        people.asOwner(
            """
            UPDATE holdfast.users
            SET claim = gen_random_uuid(), claimed_until = clock_timestamp() + interval '1 h'
            WHERE username = ?
            """,
            name);
    assertEquals(1, changed);
    assertEquals(401, people.login(name, People.PASSWORD).status());
    assertEquals("username_taken", people.register(name).code());
    people.asOwner(
        "UPDATE holdfast.users SET claimed_until = clock_timestamp() WHERE username = ?", name);
    people.asOwner(
        """
        DELETE FROM holdfast.user_passwords p USING holdfast.users u
        WHERE u.username = ? AND p.tenant_id = u.tenant_id AND p.user_id = u.user_id
        """,
        name);
    people.asOwner(
        """
        DELETE FROM holdfast.memberships m USING holdfast.users u
        WHERE u.username = ? AND m.tenant_id = u.tenant_id AND m.user_id = u.user_id
        """,
        name);
    assertEquals(201, people.register(name).status());
    assertEquals(200, people.login(name, People.PASSWORD).status());
  }

  @Test
  void aRefusedRegistrationLeavesTheNameFree() {
    String name = People.newName();
    Shop door = TestNode.shared().stranger();
    Reply easy =
        door.post("/v1/auth/register", people.account(name).put("password", "password").toString());
    assertEquals("password_refused", easy.code());
    assertEquals("password", easy.member());
    String unknown = "hi_1_" + "x".repeat(43);
    assertEquals("token_refused", people.registerOwner(name, unknown).code());
    Reply nowhere =
        door.post("/v1/auth/register", people.account(name).put("tenant", "nowhere").toString());
    assertEquals("unknown_tenant", nowhere.code());
    assertEquals(201, people.register(name).status());
  }

  @Test
  void badInputIsToldWithItsPlace() {
    Shop door = TestNode.shared().stranger();
    for (String member : List.of("username", "email", "name", "password")) {
      Reply reply =
          door.post(
              "/v1/auth/register",
              people.account(People.newName()).put(member, "\u0000").toString());
      assertEquals(400, reply.status(), member);
      assertEquals(member, reply.member());
      assertFalse(reply.text().contains(People.PASSWORD));
    }
    Reply keyed = door.post("/v1/auth/register", "{}", "a-key");
    assertEquals("Idempotency-Key", keyed.member());
  }

  @Test
  void whateverIsWrongTheSameIsTold() {
    String name = people.registered();
    Reply wrongPassword = people.login(name, "not the password");
    Reply unknownName = people.login(People.newName(), People.PASSWORD);
    Reply unknownTenant = new People("nowhere").login(name, People.PASSWORD);
    assertEquals(401, wrongPassword.status());
    assertEquals(wrongPassword.text(), unknownName.text());
    assertEquals(wrongPassword.text(), unknownTenant.text());
  }

  @Test
  void aHundredGuessesAtOnceAreNoMoreThanTwentyFive() throws Exception {
    for (String name : List.of(people.registered(), People.newName())) {
      List<Reply> replies =
          new ArrayList<>(atOnce(100, i -> people.login(name, "guess number " + i)));
      // Who found everything busy may have been counted or not, and guesses again.
      while (replies.getLast().status() != 429) {
        assertTrue(replies.size() < 200, "guesses without end");
        replies.add(people.login(name, "guess number " + replies.size()));
      }
      long looked = replies.stream().filter(reply -> reply.status() == 401).count();
      assertTrue(looked >= 1 && looked <= 25, "looked at " + looked);
      long counted = replies.stream().filter(reply -> reply.status() != 429).count();
      assertTrue(counted >= 25, "only " + counted);
      assertTrue(replies.stream().allMatch(one -> Set.of(401, 429, 503).contains(one.status())));
      Reply tooMany = replies.getLast();
      assertEquals("too_many_attempts", tooMany.code());
      int seconds = Integer.parseInt(tooMany.header("Retry-After"));
      assertTrue(seconds > 600 && seconds <= 900, "" + seconds);
      assertEquals(429, people.login(name, People.PASSWORD).status());
    }
    // This address has others after this test.
    people.asOwner("DELETE FROM holdfast.login_attempts WHERE attempts > 25");
  }

  @Test
  void aRightPasswordIsNotCounted() {
    String name = people.registered();
    for (int i = 0; i < 30; i++) {
      assertEquals(200, people.login(name, People.PASSWORD).status());
    }
  }

  @Test
  void aRefreshTokenGoesOnOnce() throws Exception {
    String name = people.registered();
    Tokens first = people.loggedIn(name);
    Tokens second = Tokens.of(people.refresh(first.refresh()));
    assertNotEquals(first.refresh(), second.refresh());
    assertEquals(200, second.shop().get("/v1/account").status());

    // Somebody has stolen the first one: nobody goes on.
    assertEquals("token_refused", people.refresh(first.refresh()).code());
    assertEquals("token_refused", people.refresh(second.refresh()).code());
    TestNode.letForget();
    assertEquals(401, first.shop().get("/v1/account").status());
    assertEquals(401, second.shop().get("/v1/account").status());
  }

  @Test
  void ofTwentyRefreshesAtOnceAtMostOneGoesOn() throws Exception {
    Tokens tokens = people.loggedIn(people.registered());
    List<Reply> replies = atOnce(20, _ -> people.refresh(tokens.refresh()));
    assertEquals(1, replies.stream().filter(reply -> reply.status() == 200).count());
    assertEquals(19, replies.stream().filter(reply -> reply.status() == 400).count());
  }

  @Test
  void whoLogsOutIsOutEverywhereSoon() throws Exception {
    Tokens tokens = people.loggedIn(people.registered());
    assertEquals(200, tokens.shop().get("/v1/account").status());
    assertEquals(204, people.logout(tokens.refresh()).status());
    assertEquals(204, people.logout(tokens.refresh()).status());
    assertEquals("token_refused", people.refresh(tokens.refresh()).code());
    TestNode.letForget();
    assertEquals(401, tokens.shop().get("/v1/account").status());
  }

  @Test
  void sessionsAreSeenAndEnded() throws Exception {
    String name = people.registered();
    Tokens here = people.loggedIn(name);
    Tokens there = people.loggedIn(name);
    Reply list = here.shop().get("/v1/account/sessions");
    assertEquals(2, list.body().path("sessions").size(), list.text());
    String other =
        list.body()
            .path("sessions")
            .valueStream()
            .filter(session -> !session.path("current").asBoolean())
            .map(session -> session.path("id").asText())
            .findFirst()
            .orElseThrow();
    String stranger = people.registered();
    assertEquals(404, delete(people.loggedIn(stranger).shop(), other).status());
    assertEquals(204, delete(here.shop(), other).status());
    assertEquals(404, delete(here.shop(), other).status());
    TestNode.letForget();
    assertEquals(401, there.shop().get("/v1/account").status());
    assertEquals(204, here.shop().change("DELETE", "/v1/account/sessions", "").status());
    assertEquals("token_refused", people.refresh(here.refresh()).code());
  }

  private static Reply delete(Shop shop, String session) {
    return shop.change("DELETE", "/v1/account/sessions/" + session, "");
  }

  @Test
  void aNewPasswordEndsTheOtherSessions() throws Exception {
    String name = people.registered();
    Tokens here = people.loggedIn(name);
    Tokens there = people.loggedIn(name);
    assertEquals("wrong_password", change(here.shop(), "not it at all", OTHER_PASSWORD).code());
    assertEquals("password_refused", change(here.shop(), People.PASSWORD, name).code());
    assertEquals(204, change(here.shop(), People.PASSWORD, OTHER_PASSWORD).status());
    assertEquals(401, people.login(name, People.PASSWORD).status());
    assertEquals(200, people.login(name, OTHER_PASSWORD).status());
    assertEquals("token_refused", people.refresh(there.refresh()).code());
    assertEquals(200, people.refresh(here.refresh()).status());
    Reply key = change(TestNode.shared().tenant(TENANT), People.PASSWORD, OTHER_PASSWORD);
    assertEquals("account_needed", key.code());
  }

  private static Reply change(Shop shop, String current, String wanted) {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("current_password", current)
            .put("new_password", wanted)
            .toString();
    return shop.post("/v1/account/password", body);
  }

  @Test
  void anInvitationSetsAPasswordOnce() throws Exception {
    String name = people.registered();
    Tokens before = people.loggedIn(name);
    String token =
        invitation("(SELECT user_id FROM holdfast.users WHERE username = '" + name + "')");
    assertEquals("password_refused", people.reset(token, "password").code());
    List<Reply> replies = atOnce(5, _ -> people.reset(token, OTHER_PASSWORD));
    assertEquals(1, replies.stream().filter(reply -> reply.status() == 204).count());
    assertEquals(200, people.login(name, OTHER_PASSWORD).status());
    assertEquals("token_refused", people.refresh(before.refresh()).code());
    assertEquals("token_refused", people.reset(token, People.PASSWORD).code());
  }

  @Test
  void anInvitationOfNobodyMakesOneOwner() throws Exception {
    String token = invitation("NULL");
    assertEquals("token_refused", people.reset(token, OTHER_PASSWORD).code());
    assertEquals("token_refused", new People("warehouse").registerOwner("boss", token).code());
    List<String> names = IntStream.range(0, 5).mapToObj(_ -> People.newName()).toList();
    List<Reply> replies = atOnce(5, i -> people.registerOwner(names.get(i), token));
    Reply made = replies.stream().filter(reply -> reply.status() == 201).findFirst().orElseThrow();
    assertEquals(1, replies.stream().filter(reply -> reply.status() == 201).count());
    assertEquals(List.of("owner"), texts(made, "roles"));
    Shop owner = people.loggedIn(made.body().path("username").asText()).shop();
    assertEquals(200, owner.get("/v1/audit").status());
  }

  /// As the operator's command makes it.
  private String invitation(String user) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    String token = "hi_" + tenantId() + "_" + text;
    people.asOwner(
        """
        INSERT INTO holdfast.invitations (tenant_id, token_hash, user_id, expires_at)
        SELECT current_setting('holdfast.tenant_id')::bigint, sha256(convert_to(?, 'UTF8')),
            %s, clock_timestamp() + interval '1 hour'
        """
            .formatted(user),
        token);
    return token;
  }

  private String tenantId() {
    String refresh = people.loggedIn(people.registered()).refresh();
    return refresh.split("_", -1)[1];
  }

  @Test
  void aTokenThatWasChangedIsNobodys() {
    Tokens tokens = people.loggedIn(people.registered());
    String[] parts = tokens.access().split("\\.", -1);
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    String changed =
        parts[1].substring(0, 20)
            + (parts[1].charAt(20) == 'A' ? 'B' : 'A')
            + parts[1].substring(21);
    for (String wrong :
        List.of(
            parts[0] + "." + changed + "." + parts[2],
            none + "." + parts[1] + "." + parts[2],
            none + "." + parts[1] + ".",
            parts[0] + "." + parts[1] + "." + "A".repeat(86))) {
      Shop shop = new Shop(TestNode.shared().stranger().address(), wrong);
      assertEquals(401, shop.get("/v1/account").status(), wrong);
    }
    assertEquals(200, tokens.shop().get("/v1/account").status());
  }

  @Test
  void nobodyIsLetInWhereTheTenantIsSuspended() throws Exception {
    People warehouse = new People("warehouse");
    String name = warehouse.registered();
    Tokens tokens = warehouse.loggedIn(name);
    warehouse.asOwner("UPDATE holdfast.tenants SET status = 'suspended' WHERE slug = 'warehouse'");
    try {
      TestNode.letForget();
      assertEquals("tenant_suspended", tokens.shop().get("/v1/account").code());
      assertEquals(
          "tenant_suspended", TestNode.shared().tenant("warehouse").get("/v1/items").code());
      assertEquals("tenant_suspended", warehouse.login(name, People.PASSWORD).code());
      assertEquals("tenant_suspended", warehouse.register(People.newName()).code());
    } finally {
      warehouse.asOwner("UPDATE holdfast.tenants SET status = 'active' WHERE slug = 'warehouse'");
      TestNode.letForget();
    }
    assertEquals(200, tokens.shop().get("/v1/account").status());
  }
}
