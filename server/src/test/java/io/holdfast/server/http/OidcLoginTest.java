package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.server.http.Shop.Reply;
import io.holdfast.server.oidc.TokenSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// People log in at providers that run here, one for each of two tenants. The first lets newcomers
/// in as customers, the second links those whose address it has verified.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcLoginTest {
  private static final String TOYS = OidcFiles.TOYS;
  private static final String SWEETS = OidcFiles.SWEETS;
  private static final String COOKIE = "holdfast-login";
  private static final int SENDERS = 16;

  private TestProvider toyProvider;
  private TestProvider sweetProvider;
  private Path folder;
  private String address;
  private Program node;

  @BeforeAll
  void start() throws Exception {
    toyProvider = TestProvider.start();
    sweetProvider = TestProvider.start();
    folder = DataFolder.fresh();
    int port = OidcFiles.freePort();
    address = "http://127.0.0.1:" + port;
    Path file =
        OidcFiles.secret(
            OidcFiles.section(TOYS, "Toy <ID>", toyProvider, "create = customer")
                + OidcFiles.section(SWEETS, "Sweet ID", sweetProvider, "link = verified-email"));
    node = Program.start(OidcFiles.serve(port, folder, file));
    assertEquals(address, node.address().replace("localhost", "127.0.0.1"));
  }

  @AfterEach
  void behave() {
    toyProvider.behave();
    sweetProvider.behave();
  }

  @AfterAll
  void stop() throws Exception {
    assertEquals(0, node.terminate().exitCode());
    toyProvider.close();
    sweetProvider.close();
  }

  private LoginBrowser browser() {
    return new LoginBrowser(address);
  }

  private Shop owner(String tenant) {
    try {
      return new Shop(address, DataFolder.key(folder, tenant));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Somebody whom a provider calls by a new name.
  private static String someone() {
    return "sub-" + UUID.randomUUID();
  }

  private static Consumer<JwtClaims> person(String subject, String email, boolean isVerified) {
    return claims -> {
      claims.setSubject(subject);
      claims.setClaim("email", email);
      claims.setClaim("email_verified", isVerified);
      claims.setClaim("preferred_username", subject);
      claims.setClaim("name", "Anna <b>");
    };
  }

  @Test
  void whoIsLetInThereIsLetInHereAndIsACustomer() {
    String subject = someone();
    toyProvider.says(person(subject, "anna@example.org", false));
    LoginBrowser browser = browser();
    HttpResponse<String> response = browser.login(TOYS);
    assertLetIn(browser, response);

    assertTrue(browser.get(address + "/v1/account").body().contains(subject));
    JsonNode user = users(TOYS).path(subject);
    assertEquals("Anna <b>", user.path("name").asText());
    assertEquals("anna@example.org", user.path("email").asText());
    assertEquals("customer", user.path("roles").path(0).asText());

    List<JsonNode> told = told(TOYS, response);
    String id = user.path("id").asText();
    assertEquals(List.of("session", "user"), told.stream().map(OidcLoginTest::kind).toList());
    told.forEach(entry -> assertEquals("user " + id, entry.path("actor").asText()));
    JsonNode made = told.getLast();
    assertEquals(id, made.path("subject").path("name").asText());
    assertEquals(toyProvider.issuer(), made.path("after").path("linked_to").asText());
    assertFalse(told.toString().contains(subject), told.toString());

    HttpResponse<String> again = browser().login(TOYS);
    assertEquals(List.of("session"), told(TOYS, again).stream().map(OidcLoginTest::kind).toList());
    assertEquals(id, users(TOYS).path(subject).path("id").asText());
  }

  private static String kind(JsonNode entry) {
    return entry.path("subject").path("kind").asText();
  }

  private List<JsonNode> told(String tenant, HttpResponse<String> response) {
    String request = response.headers().firstValue("X-Request-Id").orElseThrow();
    return owner(tenant)
        .get("/v1/audit/entries?request_id=" + request)
        .body()
        .path("entries")
        .valueStream()
        .toList();
  }

  /// By name.
  private JsonNode users(String tenant) {
    var byName = JsonNodeFactory.instance.objectNode();
    owner(tenant)
        .get("/v1/users?limit=1000")
        .body()
        .path("users")
        .forEach(user -> byName.set(user.path("username").asText(), user));
    return byName;
  }

  private void assertLetIn(LoginBrowser browser, HttpResponse<String> response) {
    assertEquals(303, response.statusCode(), response.body());
    assertEquals(address + "/console", LoginBrowser.location(response));
    assertFalse(browser.cookies().containsKey(COOKIE));
    assertEquals(200, browser.get(address + "/v1/account/console").statusCode());
  }

  private static void assertRefused(
      int status, String code, String why, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "text/html;charset=UTF-8", response.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(response.body().contains("<code>" + code + "</code>"), response.body());
    assertTrue(response.body().contains(why), response.body());
    assertEquals(List.of(), response.headers().allValues("Set-Cookie"));
  }

  @Test
  void whatGoesToTheProviderIsMadeForThisLoginAndSaysWhereTheOperatorWantsPeopleBack() {
    LoginBrowser browser = browser();
    HttpResponse<String> away =
        browser.get(
            address + "/console/oidc/" + TOYS + "?return_to=https://evil.example",
            "X-Forwarded-Host",
            "evil.example",
            "X-Forwarded-Proto",
            "https",
            "Forwarded",
            "host=evil.example");
    assertEquals(303, away.statusCode());
    URI location = URI.create(LoginBrowser.location(away));
    assertTrue(location.toString().startsWith(toyProvider.issuer() + "/authorize?"));
    Map<String, String> query = TestProvider.form(location.getRawQuery());
    assertEquals(address + "/console/oidc/" + TOYS + "/callback", query.get("redirect_uri"));
    assertEquals("openid email profile", query.get("scope"));
    assertEquals("S256", query.get("code_challenge_method"));
    String cookie = away.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.startsWith(COOKIE + "="), cookie);
    for (String attribute : List.of("Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=600")) {
      assertTrue(cookie.contains(";" + attribute) || cookie.contains("; " + attribute), cookie);
    }
    assertFalse(cookie.contains("Domain"), cookie);
    Map<String, String> next =
        TestProvider.form(
            URI.create(LoginBrowser.location(browser().get(address + "/console/oidc/" + TOYS)))
                .getRawQuery());
    for (String value : List.of("state", "nonce", "code_challenge")) {
      assertEquals(43, query.getOrDefault(value, "").length());
      assertNotEquals(query.get(value), next.get(value));
    }
  }

  @Test
  void whereSomebodyGoesAfterwardsIsNotTheSendersToSay() {
    LoginBrowser browser = browser();
    String back = browser.sentBack(TOYS);
    for (String name : List.of("return_to", "redirect", "next", "redirect_uri")) {
      back += "&" + name + "=" + TestProvider.encoded("https://evil.example");
    }
    assertLetIn(browser, browser.get(back, "X-Forwarded-Host", "evil.example"));
  }

  @Test
  void whoWasNotSentAwayIsNotLetIn() {
    int before = toyProvider.tokenRequests();
    String back = browser().sentBack(TOYS);
    assertRefused(400, "login_refused", "not begun in this browser", browser().get(back));
    LoginBrowser another = browser();
    another.sentBack(TOYS);
    assertRefused(400, "login_refused", "not begun in this browser", another.get(back));
    LoginBrowser changed = browser();
    String state = "state=" + "A".repeat(43);
    String other = changed.sentBack(TOYS).replaceFirst("state=[^&]*", state);
    assertRefused(400, "login_refused", "not begun in this browser", changed.get(other));
    LoginBrowser twice = browser();
    String doubled = twice.sentBack(TOYS) + "&" + state;
    assertEquals(400, twice.get(doubled).statusCode());
    LoginBrowser none = browser();
    String without = none.sentBack(TOYS).replaceFirst("state=[^&]*&", "");
    assertRefused(400, "login_refused", "not begun in this browser", none.get(without));
    assertEquals(before, toyProvider.tokenRequests());
  }

  @Test
  void aCodeIsGoodOnce() {
    LoginBrowser browser = browser();
    String back = browser.sentBack(TOYS);
    Map<String, String> cookies = Map.copyOf(browser.cookies());
    assertLetIn(browser, browser.get(back));
    assertRefused(400, "login_refused", "not begun in this browser", browser.get(back));
    browser.cookies().putAll(cookies);
    assertRefused(400, "login_refused", "does not take the code", browser.get(back));
  }

  @Test
  void aCodeOfAnotherLoginIsNotTaken() {
    String stolen = code(browser().sentBack(TOYS));
    LoginBrowser browser = browser();
    String back = browser.sentBack(TOYS).replaceFirst("code=[^&]*", "code=" + stolen);
    assertRefused(400, "login_refused", "does not take the code", browser.get(back));
  }

  private static String code(String back) {
    return TestProvider.form(URI.create(back).getRawQuery()).getOrDefault("code", "");
  }

  @Test
  void aTokenThatIsNotForThisLoginHereAndNowIsNotAccepted() {
    String expired = "its time is over";
    toyProvider.says(
        claims -> {
          claims.setIssuedAt(minutesAgo(8));
          claims.setExpirationTime(minutesAgo(3));
        });
    assertRefused(502, "provider_unusable", expired, browser().login(TOYS));
    toyProvider.says(claims -> claims.setClaim("nonce", "another"));
    assertRefused(502, "provider_unusable", "another login", browser().login(TOYS));
    toyProvider.says(claims -> claims.setAudience("another"));
    assertRefused(502, "provider_unusable", "another application", browser().login(TOYS));
    toyProvider.says(claims -> claims.setIssuer(sweetProvider.issuer()));
    assertRefused(502, "provider_unusable", "another provider", browser().login(TOYS));
  }

  private static NumericDate minutesAgo(int minutes) {
    NumericDate now = NumericDate.now();
    now.addSeconds(-60L * minutes);
    return now;
  }

  @Test
  void aTokenThatNoPrivateKeyHasSignedIsNotAccepted() {
    toyProvider.signs(claims -> toyProvider.key().unsigned(claims));
    assertRefused(502, "provider_unusable", "not accepted", browser().login(TOYS));
    toyProvider.signs(claims -> toyProvider.key().signedWithPublicKey(claims));
    assertRefused(502, "provider_unusable", "not accepted", browser().login(TOYS));
    toyProvider.signs(claims -> TokenSigner.rsa("first").sign(claims));
    assertRefused(502, "provider_unusable", "signature", browser().login(TOYS));
  }

  @Test
  void aNewKeyIsFoundAndOneThatThereIsNotIsNotAskedForAgainAndAgain() {
    sweetProvider.says(person(someone(), "x@example.org", false));
    String nobody = "no account here is yours";
    assertRefused(403, "person_refused", nobody, browser().login(SWEETS));
    sweetProvider.rotate(TokenSigner.rsa("second"));
    assertRefused(403, "person_refused", nobody, browser().login(SWEETS));
    int before = sweetProvider.keyRequests();
    TokenSigner unknown = TokenSigner.rsa("third");
    sweetProvider.signs(unknown::sign);
    for (int i = 0; i < 3; i++) {
      assertRefused(502, "provider_unusable", "not accepted", browser().login(SWEETS));
    }
    assertEquals(before, sweetProvider.keyRequests());
  }

  @Test
  void onlyAVerifiedAddressLinksAndTheOldPasswordIsOver() throws Exception {
    String name = People.newName();
    String email = name + "@example.org";
    Reply registered = register(SWEETS, name, email);
    assertEquals(201, registered.status(), registered.text());
    String id = users(SWEETS).path(name).path("id").asText();
    Reply before = login(SWEETS, name);
    assertEquals(200, before.status());

    String subject = someone();
    sweetProvider.says(person(subject, email, false));
    assertRefused(403, "person_refused", "no account here is yours", browser().login(SWEETS));
    assertEquals(200, login(SWEETS, name).status());

    sweetProvider.says(person(subject, email.replace("example", "EXAMPLE"), true));
    LoginBrowser browser = browser();
    HttpResponse<String> linked = browser.login(SWEETS);
    assertLetIn(browser, linked);
    List<JsonNode> told = told(SWEETS, linked);
    told.forEach(entry -> assertEquals("user " + id, entry.path("actor").asText()));
    JsonNode after = told.getLast().path("after");
    assertEquals(sweetProvider.issuer(), after.path("linked_to").asText());
    assertEquals(2, after.path("sessions_ended").asInt());
    assertEquals(401, login(SWEETS, name).status());
    String refresh = before.body().path("refresh_token").asText();
    Reply refused =
        new Shop(address, null)
            .post("/v1/auth/refresh", "{\"refresh_token\":\"%s\"}".formatted(refresh));
    assertEquals("token_refused", refused.code());

    sweetProvider.says(person(subject, "moved@example.org", false));
    assertLetIn(browser, browser.login(SWEETS));
    sweetProvider.says(person(someone(), email, true));
    assertRefused(403, "person_refused", "no account here is yours", browser().login(SWEETS));

    sweetProvider.says(person(subject, email, true));
    owner(SWEETS).patch("/v1/users/" + id, "{\"disabled\":true}");
    assertRefused(403, "person_refused", "may not log in", browser().login(SWEETS));
  }

  private Reply register(String tenant, String name, String email) {
    return new Shop(address, null)
        .post("/v1/auth/register", new People(tenant).account(name).put("email", email).toString());
  }

  private Reply login(String tenant, String name) {
    return new Shop(address, null)
        .post(
            "/v1/auth/login",
            JsonNodeFactory.instance
                .objectNode()
                .put("tenant", tenant)
                .put("username", name)
                .put("password", People.PASSWORD)
                .toString());
  }

  @Test
  void anAddressThatTwoAccountsHaveLinksNeither() {
    String email = someone() + "@example.org";
    register(SWEETS, People.newName(), email);
    register(SWEETS, People.newName(), email);
    sweetProvider.says(person(someone(), email, true));
    assertRefused(403, "person_refused", "no account here is yours", browser().login(SWEETS));
  }

  @Test
  void aDisabledAccountIsNotLinked() {
    String name = People.newName();
    String email = name + "@example.org";
    register(SWEETS, name, email);
    String id = users(SWEETS).path(name).path("id").asText();
    owner(SWEETS).patch("/v1/users/" + id, "{\"disabled\":true}");
    sweetProvider.says(person(someone(), email, true));
    assertRefused(403, "person_refused", "may not log in", browser().login(SWEETS));
  }

  @Test
  void ofManyFirstLoginsOfOnePersonAtOnceOneMakesTheAccount() throws Exception {
    String subject = someone();
    toyProvider.says(person(subject, "many@example.org", true));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> logins = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        LoginBrowser browser = browser();
        String back = browser.sentBack(TOYS);
        logins.add(() -> browser.get(back).statusCode());
      }
      for (Future<Integer> status : callers.invokeAll(logins)) {
        assertEquals(303, status.get());
      }
    }
    long made =
        users(TOYS)
            .valueStream()
            .filter(user -> user.path("email").asText().equals("many@example.org"))
            .count();
    assertEquals(1, made);
  }

  @Test
  void aNameThatIsTakenIsNobodyElses() {
    String name = People.newName();
    register(TOYS, name, "first@example.org");
    toyProvider.says(
        claims -> {
          person(someone(), name + "@example.org", false).accept(claims);
          claims.setClaim("preferred_username", name);
        });
    LoginBrowser browser = browser();
    assertLetIn(browser, browser.login(TOYS));
    JsonNode users = users(TOYS);
    assertEquals("first@example.org", users.path(name).path("email").asText());
    JsonNode second =
        users
            .valueStream()
            .filter(user -> user.path("email").asText().equals(name + "@example.org"))
            .findFirst()
            .orElseThrow();
    assertTrue(second.path("username").asText().startsWith("user-"), second.toString());
  }

  @Test
  void anotherTenantsProviderLetsNobodyInHere() {
    int before = toyProvider.tokenRequests();
    LoginBrowser browser = browser();
    String sweets = browser.sentBack(SWEETS);
    String mixed = sweets.replace(SWEETS, TOYS);
    assertRefused(400, "login_refused", "not begun in this browser", browser.get(mixed));

    String toys = browser.sentBack(TOYS);
    String code = "code=" + code(sweets);
    String fromOther =
        toys.replaceFirst("code=[^&]*", code)
            .replaceFirst("iss=[^&]*", "iss=" + TestProvider.encoded(sweetProvider.issuer()));
    assertRefused(400, "login_refused", "it was not Toy &lt;ID&gt;", browser.get(fromOther));
    assertRefused(
        400,
        "login_refused",
        "it was not Toy &lt;ID&gt;",
        browser.get(toys.replaceFirst("&iss=[^&]*", "")));
    assertEquals(before, toyProvider.tokenRequests());
    assertRefused(
        400,
        "login_refused",
        "does not take the code",
        browser.get(toys.replaceFirst("code=[^&]*", code)));
  }

  @Test
  void whatTheProviderSaysIsShownAndIsOnlyText() {
    LoginBrowser browser = browser();
    String back =
        browser
            .sentBack(TOYS)
            .replaceFirst(
                "code=[^&]*",
                "error=access_denied&error_description="
                    + TestProvider.encoded("<script>alert(1)</script>"));
    HttpResponse<String> told = browser.get(back);
    assertRefused(400, "login_refused", "Toy &lt;ID&gt; says: access_denied", told);
    assertTrue(told.body().contains("&lt;script&gt;alert(1)"), told.body());
    assertFalse(told.body().contains("<script"), told.body());
    assertFalse(browser().get(back).body().contains("alert"));
  }

  @Test
  void aProviderThatIsDownDisturbsNobodyElse() throws IOException {
    LoginBrowser browser = browser();
    String back = browser.sentBack(TOYS);
    toyProvider.down();
    try {
      assertRefused(503, "provider_unreachable", "no answer of 127.0.0.1", browser.get(back));
      assertEquals(200, owner(TOYS).get("/v1/ping").status());
      assertEquals(303, browser().get(address + "/console/oidc/" + SWEETS).statusCode());
    } finally {
      toyProvider.up();
    }
    assertLetIn(browser, browser.get(back));
  }

  @Test
  void nobodyOfASuspendedTenantIsLetIn() throws Exception {
    LoginBrowser browser = browser();
    String back = browser.sentBack(TOYS);
    setStatus(TOYS, "suspended");
    try {
      assertRefused(403, "tenant_suspended", "suspended", browser.get(back));
      String begin = address + "/console/oidc/" + TOYS;
      assertRefused(403, "tenant_suspended", "suspended", browser().get(begin));
      setStatus(TOYS, "closed");
      assertEquals(404, browser.get(back).statusCode());
      assertEquals(404, browser().get(begin).statusCode());
    } finally {
      setStatus(TOYS, "active");
    }
    assertLetIn(browser, browser.get(back));
  }

  private static void setStatus(String tenant, String status) throws IOException, SQLException {
    try (Connection database =
            DriverManager.getConnection(DataFolder.databaseUrl(TestNode.shared().folder()));
        Statement statement = database.createStatement()) {
      statement.execute(
          "SELECT set_config('holdfast.tenant_id', tenant_id::text, false)"
              + " FROM holdfast.tenant_of_slug('%s')".formatted(tenant));
      statement.execute("UPDATE holdfast.tenants SET status = '" + status + "'");
    }
  }

  @Test
  void theLoginPageKnowsWhoHasAProvider() {
    HttpResponse<String> named = browser().get(address + "/console/oidc/" + TOYS + "/provider");
    assertEquals("{\"name\":\"Toy <ID>\"}", named.body());
    for (String tenant : List.of("sweet-shop", "no-shop")) {
      String path = "/console/oidc/" + tenant + "/provider";
      assertEquals(404, browser().get(address + path).statusCode());
    }
  }

  @Test
  void withoutAProviderThereIsNothing() {
    String shared = TestNode.shared().stranger().address();
    for (String path :
        List.of("/console/oidc", "/console/oidc/sweet-shop", "/console/oidc/x/callback?code=1")) {
      assertEquals(404, new LoginBrowser(shared).get(shared + path).statusCode(), path);
    }
    for (String path : List.of("/sweet-shop", "/no-shop", "/no-shop/callback", "/" + TOYS + "/x")) {
      assertEquals(404, browser().get(address + "/console/oidc" + path).statusCode(), path);
    }
  }

  @Test
  void loginsAreCounted() {
    browser().login(TOYS);
    browser().get(browser().sentBack(TOYS));
    String metrics = owner(TOYS).get("/metrics").text();
    for (String outcome : List.of("let_in", "login_refused")) {
      String counter = "holdfast_oidc_logins_total{outcome=\"%s\"}".formatted(outcome);
      assertTrue(metrics.contains(counter), outcome);
    }
  }
}
