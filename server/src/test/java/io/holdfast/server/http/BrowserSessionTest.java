package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Sessions of the console, which a browser has as a cookie.
class BrowserSessionTest {
  private static final String TENANT = "sweet-shop";
  private static final String SESSION = "/v1/account/console";
  private static final String SESSIONS = "/v1/account/sessions";

  /// Of the one session whose cookie has this digest.
  private static final String THIS_ONE =
      """
      WHERE (tenant_id, session_id) = (SELECT tenant_id, session_id FROM holdfast.console_sessions
          WHERE token_hash = sha256(convert_to(?, 'UTF8')))
      """;

  private final People people = new People(TENANT);
  private final String name = people.registered();
  private final Browser browser = Browser.loggedIn(TENANT, name);

  private static String secret(Browser browser) {
    return browser.cookie().replaceFirst("holdfast=", "");
  }

  /// Moves a session in time.
  private void set(String table, String change) {
    String statement = "UPDATE holdfast." + table + " SET " + change + " " + THIS_ONE;
    assertEquals(1, people.asOwner(statement, secret(browser)));
  }

  @Test
  void aLoginGivesACookieThatIsTheCaller() {
    Reply me = browser.get("/v1/account");
    assertEquals(200, me.status(), me.text());
    assertEquals(name, me.body().at("/account/username").asText());
    Reply session = browser.get(SESSION);
    assertEquals(browser.csrfToken(), session.body().path("csrf_token").asText());
    assertEquals(1_800, session.body().path("idle_seconds").asInt());
    assertEquals("no-store", session.header("Cache-Control"));
    JsonNode listed = browser.get(SESSIONS).body().path("sessions");
    assertTrue(listed.path(0).path("console").booleanValue());
    assertTrue(listed.path(0).path("current").booleanValue());
    assertEquals(403, browser.get("/v1/audit").status(), "a customer reads no audits");
  }

  @Test
  void aWrongPasswordGivesNone() {
    Reply refused = Browser.login(TENANT, name, "another cat elsewhere", "");
    assertEquals(401, refused.status());
    assertEquals("wrong_credentials", refused.code());
    assertEquals("", refused.header("Set-Cookie"));
  }

  @Test
  void whatChangesSomethingComesFromThePageAndSaysTheSessionsToken() {
    Browser other = Browser.loggedIn(TENANT, name);
    String origin = browser.shop().address();
    assertForeign(browser.request(SESSIONS).DELETE());
    assertForeign(browser.request(SESSIONS).header("Origin", origin).DELETE());
    assertForeign(browser.request(SESSIONS).header("X-CSRF-Token", browser.csrfToken()).DELETE());
    assertForeign(
        browser
            .request(SESSIONS)
            .header("Origin", origin)
            .header("X-CSRF-Token", other.csrfToken())
            .DELETE());
    assertForeign(
        browser
            .request(SESSIONS)
            .header("Origin", "https://elsewhere.example")
            .header("X-CSRF-Token", browser.csrfToken())
            .DELETE());
    assertForeign(browser.asThePage(SESSIONS).header("Sec-Fetch-Site", "same-site").DELETE());
    assertEquals(200, browser.get("/v1/account").status(), "nothing was done");
    assertEquals(204, browser.delete(SESSIONS).status());
    assertEquals(401, browser.get("/v1/account").status());
    assertEquals(401, other.get("/v1/account").status());
  }

  private void assertForeign(java.net.http.HttpRequest.Builder request) {
    Reply refused = browser.shop().send(request);
    assertEquals(403, refused.status(), refused.text());
    assertEquals("foreign_browser_request", refused.code());
  }

  @Test
  void whereThereIsAKeyTheCookieSaysNothing() {
    Shop owner = TestNode.shared().tenant(TENANT);
    Reply me = owner.send(owner.request("/v1/account").header("Cookie", browser.cookie()).GET());
    assertTrue(me.body().path("actor").asText().startsWith("api-key "), me.text());
    assertEquals(404, owner.get(SESSION).status());
    assertEquals(404, people.loggedIn(name).shop().get(SESSION).status());
  }

  @Test
  void everyLoginMakesACookieAnewAndEndsTheOneThatCame() {
    Browser again =
        Browser.of(browser.shop(), Browser.login(TENANT, name, People.PASSWORD, browser.cookie()));
    assertNotEquals(browser.cookie(), again.cookie());
    assertEquals(401, browser.get("/v1/account").status());
    assertEquals(200, again.get("/v1/account").status());
    String planted = "holdfast=hc_1_" + "A".repeat(43);
    Browser third =
        Browser.of(browser.shop(), Browser.login(TENANT, name, People.PASSWORD, planted));
    assertNotEquals(planted, third.cookie());
  }

  @Test
  void aCookieThatIsWorthNothingKeepsNobodyOut() {
    assertEquals(204, browser.delete(SESSION).status());
    assertEquals(401, browser.get("/v1/account").status());
    assertEquals(200, browser.get("/console").status());
    assertEquals(200, Browser.login(TENANT, name, People.PASSWORD, browser.cookie()).status());
    assertEquals(
        401,
        browser
            .shop()
            .send(browser.shop().request("/v1/account").header("Cookie", "holdfast=x"))
            .status());
  }

  @Test
  void anotherTenantsNumberOnItMakesItNobodys() {
    String moved = browser.cookie().replaceFirst("hc_\\d+_", "hc_1_");
    String apart = moved.equals(browser.cookie()) ? moved.replace("hc_1_", "hc_2_") : moved;
    assertEquals(401, new Browser(browser.shop(), apart, "").get("/v1/account").status());
  }

  @Test
  void aSessionThatIsNotUsedEnds() {
    set("console_sessions", "used_at = clock_timestamp() - interval '29 minutes'");
    assertEquals(200, browser.get("/v1/account").status());
    assertEquals(0, usedLongAgo(), "the use was noted");
    set("console_sessions", "used_at = clock_timestamp() - interval '30 minutes'");
    assertEquals(401, browser.get("/v1/account").status());
    assertEquals(1, usedLongAgo(), "too late");
    Browser other = Browser.loggedIn(TENANT, name);
    assertEquals(1, other.get(SESSIONS).body().path("sessions").size());
  }

  private int usedLongAgo() {
    String statement =
        "UPDATE holdfast.console_sessions SET used_at = used_at "
            + THIS_ONE
            + " AND used_at < clock_timestamp() - interval '20 minutes'";
    return people.asOwner(statement, secret(browser));
  }

  @Test
  void aSessionEndsHoweverMuchItIsUsed() {
    set("sessions", "expires_at = clock_timestamp()");
    assertEquals(401, browser.get("/v1/account").status());
  }

  @Test
  void whoeverIsShutOutIsOutAtOnceOnEveryNode() throws Exception {
    String url = DataFolder.databaseUrl(TestNode.shared().folder()).substring("jdbc:".length());
    Program beside =
        Program.start(
            "serve",
            "--port",
            "0",
            "--throwaway",
            "--audit-interval-seconds",
            "0",
            "--data-dir",
            DataFolder.fresh().toString(),
            "--db-url",
            url);
    String address = beside.address();
    try {
      assertOutBeside(address, Browser::logout);
      assertOutBeside(address, one -> one.delete(SESSIONS));
      assertOutBeside(
          address,
          one -> {
            String id = one.get(SESSIONS).body().at("/sessions/0/id").asText();
            return one.delete(SESSIONS + "/" + id);
          });
      Shop owner = TestNode.shared().tenant(TENANT);
      String user = People.id(owner, name);
      assertOutBeside(
          address, _ -> owner.patch("/v1/users/" + user, "{\"disabled\":true}", "If-Match", "*"));
    } finally {
      beside.terminate();
    }
  }

  private void assertOutBeside(String address, Function<Browser, Reply> end) {
    Browser here = Browser.loggedIn(TENANT, name);
    Browser there = here.at(address);
    assertEquals(200, there.get("/v1/account").status());
    Reply ended = end.apply(here);
    assertTrue(ended.status() < 300, ended.text());
    assertEquals(401, there.get("/v1/account").status());
    assertFalse(there.get("/v1/account").text().contains(name));
  }

  @Test
  void allOthersEndAndThisOneGoesOn() {
    Browser other = Browser.loggedIn(TENANT, name);
    String program = people.loggedIn(name).refresh();
    assertEquals(204, browser.delete("/v1/account/other-sessions").status());
    assertEquals(401, other.get("/v1/account").status());
    assertEquals("token_refused", people.refresh(program).code());
    JsonNode left = browser.get(SESSIONS).body().path("sessions");
    assertEquals(1, left.size(), left.toString());
    assertTrue(left.path(0).path("current").booleanValue());
  }

  @Test
  void theListSaysWhenEachWasUsedLast() {
    set("console_sessions", "used_at = clock_timestamp() - interval '20 minutes'");
    Browser other = Browser.loggedIn(TENANT, name);
    JsonNode listed = other.get(SESSIONS).body().path("sessions");
    Instant began = Instant.parse(listed.at("/1/started_at").asText());
    Instant used = Instant.parse(listed.at("/1/used_at").asText());
    assertTrue(used.isBefore(began.minus(Duration.ofMinutes(19))), listed.toString());
    assertEquals(200, browser.get("/v1/account").status());
    listed = other.get(SESSIONS).body().path("sessions");
    assertFalse(Instant.parse(listed.at("/1/used_at").asText()).isBefore(began));
  }

  @Test
  void aRoleIsInForceAndTakenAwayWithTheNextRequest() {
    Shop owner = TestNode.shared().tenant(TENANT);
    String user = "/v1/users/" + People.id(owner, name);
    assertEquals(403, browser.get("/v1/audit").status());
    assertEquals(200, owner.patch(user, "{\"roles\":[\"manager\"]}").status());
    assertEquals(200, browser.get("/v1/audit").status());
    assertEquals(200, owner.patch(user, "{\"roles\":[\"customer\"]}").status());
    assertEquals("read_audit", browser.get("/v1/audit").body().path("needs").asText());
  }

  @Test
  void anotherPasswordEndsTheSessionsThatWereBegunByTheOneBefore() {
    Browser other = Browser.loggedIn(TENANT, name);
    String next = "a dog ran off 5 lawns";
    String change =
        "{\"current_password\":\"%s\",\"new_password\":\"%s\"}".formatted(People.PASSWORD, next);
    Reply changed =
        browser
            .shop()
            .send(
                browser
                    .asThePage("/v1/account/password")
                    .header("Content-Type", "application/json"),
                change);
    assertEquals(204, changed.status(), changed.text());
    assertEquals(401, other.get("/v1/account").status());
    assertEquals(200, browser.get("/v1/account").status());
  }

  @Test
  void theBrowserForgetsWhatItHasOfASessionThatIsOver() {
    Reply out = browser.logout();
    assertEquals(204, out.status());
    assertEquals("holdfast=; Max-Age=0" + Browser.ATTRIBUTES, out.header("Set-Cookie"));
    assertTrue(out.header("Clear-Site-Data").contains("storage"));
  }
}
