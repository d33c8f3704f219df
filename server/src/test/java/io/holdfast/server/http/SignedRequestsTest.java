package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Program.Ended;
import io.holdfast.server.http.Shop.Reply;
import io.holdfast.server.http.Signer.Signed;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Machines sign, and two nodes on one database let them in.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedRequestsTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "signed-requests.md");
  private static final Pattern SCRIPT = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
  private static final int SENDERS = 64;

  private final Signer nightly = new Signer("nightly", Signer.randomSecret());
  private final Signer nightlySoon = new Signer("nightly", Signer.randomSecret());
  private final Signer till = new Signer("till", Signer.randomSecret());
  private final Signer faraway = new Signer("faraway", Signer.randomSecret());

  private final Signer clerk = new Signer("clerk", Signer.randomSecret());

  private Path folder;
  private Program first;
  private Program second;
  private Shop owner;
  private Shop one;
  private Shop other;

  /// Filled in by [#start], which runs before the tests.
  @SuppressWarnings("NullAway.Init")
  SignedRequestsTest() {}

  @BeforeAll
  void start() throws IOException {
    folder = DataFolder.fresh();
    first = Program.start(serve(folder, machines(), "--throwaway", "--tenant", "toy-shop"));
    one = new Shop(first.address(), null);
    owner = new Shop(first.address(), DataFolder.key(folder, "toy-shop"));
    second = beside();
    other = new Shop(second.address(), null);
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    second.terminate();
    first.terminate();
  }

  private Program beside() throws IOException {
    String url = Files.readString(folder.resolve("database-url")).strip();
    return Program.start(serve(DataFolder.fresh(), machines(), "--db-url", url));
  }

  private static String[] serve(Path folder, Path machines, String... more) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--no-demo"));
    arguments.addAll(List.of("--data-dir", folder.toString(), "--machines", machines.toString()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Path machines() throws IOException {
    return file(
        "# key id tenant role networks secrets",
        "nightly toy-shop manager 127.0.0.0/8,::1/128 %s,%s"
            .formatted(nightly.secret(), nightlySoon.secret()),
        "till toy-shop customer 127.0.0.0/8 " + till.secret(),
        "clerk toy-shop counting-clerk 127.0.0.0/8 " + clerk.secret(),
        "faraway toy-shop manager 192.0.2.0/24,2001:db8::/32 " + faraway.secret());
  }

  private static Path file(String... lines) throws IOException {
    Path file = DataFolder.fresh().resolve("machines");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.write(file, List.of(lines));
  }

  @Test
  void aSignedRequestIsLetInOnceOnAllNodes() {
    Signed signed = newItem(nightly);
    assertEquals(201, one.send(signed.to(one)).status());
    assertReplayed(one.send(signed.to(one)));
    assertReplayed(other.send(signed.to(other)));
  }

  @Test
  void aNonceStaysUsedAfterARestart() throws IOException, InterruptedException {
    Signed signed = nightly.sign("GET", "/v1/ping", "");
    assertEquals(200, other.send(signed.to(other)).status());
    second.kill();
    second = beside();
    other = new Shop(second.address(), null);
    assertReplayed(other.send(signed.to(other)));
    assertEquals(200, other.send(nightly.sign("GET", "/v1/ping", "").to(other)).status());
  }

  @Test
  void ofManySendingsAtOnceOneIsLetIn() throws Exception {
    for (int round = 0; round < 3; round++) {
      Signed signed = newItem(nightly);
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Reply>> replies = new ArrayList<>();
      try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < SENDERS; i++) {
          Shop node = i % 2 == 0 ? one : other;
          replies.add(
              senders.submit(
                  () -> {
                    go.await();
                    return node.send(signed.to(node));
                  }));
        }
        go.countDown();
      }
      int letIn = 0;
      for (Future<Reply> reply : replies) {
        if (reply.get().status() == 201) {
          letIn++;
        } else {
          assertReplayed(reply.get());
        }
      }
      assertEquals(1, letIn);
    }
  }

  @Test
  void whatWasNotSignedIsRefusedAndSpendsNothing() {
    Signed signed = newItem(nightly);
    String body = signed.body();
    for (Signed changed :
        List.of(
            signed.as("PUT", "/v1/items", body),
            signed.as("POST", "/v1/items?a=1", body),
            signed.as("POST", "/v1/item%73", body),
            signed.as("POST", "/v1/items", body + " "),
            signed.as("POST", "/v1/items", ""),
            signed.as("POST", "/v1/items", body.replace("Made", "Mode")),
            signed.with("Holdfast-Timestamp", later(signed)),
            signed.with("Holdfast-Nonce", "another-nonce-of-24-char"),
            signed.with("Holdfast-Key-Id", "till"),
            signed.with("Holdfast-Key-Id", "nobody"),
            signed.with("Holdfast-Content-Digest", "0".repeat(64)),
            signed.with("Holdfast-Signature", "v1=" + "0".repeat(64)))) {
      assertRefused(one.send(changed.to(one)));
    }
    assertEquals(201, one.send(signed.to(one)).status());
  }

  private static String later(Signed signed) {
    return Long.toString(Long.parseLong(signed.header("Holdfast-Timestamp")) + 1);
  }

  @Test
  void headersThatAreMissingDoubledOrMalformedAreRefused() {
    Signed signed = newItem(nightly);
    for (Map.Entry<String, String> header : signed.headers().entrySet()) {
      String name = header.getKey();
      String value = header.getValue();
      List<HttpRequest.Builder> requests =
          List.of(
              signed.without(name).to(one),
              signed.to(one).header(name, value),
              signed.to(one).header(name, value + "x"),
              signed.with(name, value + "," + value).to(one),
              signed.with(name, "").to(one));
      for (HttpRequest.Builder request : requests) {
        Reply refused = one.send(request);
        assertRefused(refused);
        assertTrue(refused.body().path("detail").asText().startsWith(name), refused.text());
      }
    }
    for (String hex : List.of("Holdfast-Content-Digest", "Holdfast-Signature")) {
      String upper = signed.header(hex).replace('a', 'A').replace('f', 'F');
      assertRefused(one.send(signed.with(hex, upper).to(one)));
    }
    assertEquals(201, one.send(signed.to(one)).status());
  }

  @Test
  void thereIsOneWayAtATime() {
    Signed signed = newItem(nightly);
    Reply refused = one.send(signed.to(one).header("Authorization", "Bearer " + owner.key()));
    assertRefused(refused);
    assertTrue(refused.body().path("detail").asText().contains("Authorization"));
    assertRefused(
        owner.send(owner.request("/v1/ping").header("Holdfast-Nonce", "0123456789abcdef").GET()));
  }

  @Test
  void aRequestOfAnotherTimeIsRefused() {
    for (int secondsOff : List.of(-310, 310, -100_000, 100_000)) {
      Instant at = Instant.now().plusSeconds(secondsOff);
      Reply refused = one.send(nightly.sign("GET", "/v1/ping", "", at).to(one));
      assertRefused(refused);
      assertTrue(refused.body().path("detail").asText().contains("300 s"), refused.text());
    }
    for (int secondsOff : List.of(-290, 290)) {
      Instant at = Instant.now().plusSeconds(secondsOff);
      assertEquals(200, one.send(nightly.sign("GET", "/v1/ping", "", at).to(one)).status());
    }
  }

  @Test
  void bothSecretsOfAMachineAreLive() {
    assertEquals(200, one.send(nightly.sign("GET", "/v1/ping", "").to(one)).status());
    assertEquals(200, one.send(nightlySoon.sign("GET", "/v1/ping", "").to(one)).status());
    Signer neither = new Signer("nightly", Signer.randomSecret());
    assertRefused(one.send(neither.sign("GET", "/v1/ping", "").to(one)));
  }

  @Test
  void aNonceIsOneWhicheverSecretSigned() {
    Signed signed = nightly.sign("GET", "/v1/ping", "");
    assertEquals(200, one.send(signed.to(one)).status());
    Signed again = signed.with("Holdfast-Signature", "v1=" + "1".repeat(64));
    assertRefused(one.send(again.to(one)));
  }

  @Test
  void aMachineMayDoWhatARoleOfItsTenantsOwnGivesAtThatMoment() {
    Supplier<Reply> locations = () -> one.send(clerk.sign("GET", "/v1/locations", "").to(one));
    assertEquals("read_stock", locations.get().body().path("needs").asText());
    String body = "{\"name\":\"counting-clerk\",\"permissions\":[\"read_stock\"]}";
    assertEquals(201, owner.post("/v1/roles", body).status());
    assertEquals(200, locations.get().status());
    assertEquals(
        "read_keys",
        one.send(clerk.sign("GET", "/v1/api-keys", "").to(one)).body().path("needs").asText());
    owner.patch("/v1/roles/counting-clerk", "{\"permissions\":[\"ping\"]}");
    assertEquals("read_stock", locations.get().body().path("needs").asText());
    assertEquals(200, other.send(clerk.sign("GET", "/v1/ping", "").to(other)).status());
  }

  @Test
  void aMachineAsksFromItsNetworksOnly() {
    Reply refused = one.send(faraway.sign("GET", "/v1/ping", "").to(one));
    assertRefused(refused);
    Reply unknown =
        one.send(new Signer("nobody", till.secret()).sign("GET", "/v1/ping", "").to(one));
    assertEquals(unknown.text(), refused.text());
  }

  @Test
  void aMachineIsHeldToItsRoleAndNamedInTheLedger() {
    String sku = owner.stocked(5);
    Signed forbidden = till.sign("POST", "/v1/items/" + sku + "/receipts", "{\"quantity\":1}");
    Reply refused = one.send(forbidden.to(one));
    assertEquals(403, refused.status());
    assertEquals("receive", refused.body().path("needs").asText());
    Signed allowed = nightly.sign("POST", "/v1/items/" + sku + "/receipts", "{\"quantity\":1}");
    assertEquals(201, one.send(allowed.to(one)).status());
    assertTrue(owner.get("/v1/items/" + sku + "/movements").text().contains("\"machine nightly\""));
  }

  @Test
  void metricsAreForTheMachinesRoleToo() {
    assertEquals(403, one.send(nightly.sign("GET", "/metrics", "").to(one)).status());
    double before = count("refused_total{for=\"signature\"}");
    assertRefused(one.send(new Signer("till", nightly.secret()).sign("GET", "/x", "").to(one)));
    assertEquals(before + 1, count("refused_total{for=\"signature\"}"));
    assertTrue(count("let_in_total") >= 1);
  }

  private double count(String name) {
    return owner
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("holdfast_signed_requests_" + name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAddressThatIsOpenAsksForNoSignature() {
    Signed wrong = nightly.sign("GET", "/health/live", "").with("Holdfast-Nonce", "wrong");
    assertEquals(200, one.send(wrong.to(one)).status());
  }

  @Test
  void theQueryIsSignedAsItIsSent() {
    String path = "/v1/items?limit=1&after=%41%2fb";
    assertFalse(
        List.of(401, 403).contains(one.send(nightly.sign("GET", path, "").to(one)).status()));
    Signed other = nightly.sign("GET", path, "").as("GET", path.replace("%41", "A"), "");
    assertRefused(one.send(other.to(one)));
  }

  @Test
  void aBodyIsReadHoweverItIsSent() throws Exception {
    for (HttpClient.Version version : HttpClient.Version.values()) {
      try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
        for (boolean isInChunks : inChunks(version)) {
          for (boolean isExpecting : List.of(true, false)) {
            Signed signed = newItem(nightly);
            byte[] body = signed.body().getBytes(US_ASCII);
            // The first request of HTTP/2 is one of HTTP/1.1 that asks for it.
            client.send(signed.without("Holdfast-Nonce").to(one).build(), BodyHandlers.ofString());
            HttpRequest.Builder request =
                signed
                    .to(one)
                    .expectContinue(isExpecting)
                    .POST(
                        isInChunks
                            ? BodyPublishers.ofByteArrays(List.of(body))
                            : BodyPublishers.ofByteArray(body));
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            assertEquals(201, response.statusCode(), version + response.body());
            assertEquals(version, response.version());
          }
        }
      }
    }
  }

  /// In HTTP/2 there are no chunks, and a signed body says its length.
  private static List<Boolean> inChunks(HttpClient.Version version) {
    return version == HttpClient.Version.HTTP_2 ? List.of(false) : List.of(true, false);
  }

  @Test
  void inHttp2ABodyWithoutALengthIsNotTheOneThatWasSigned() throws Exception {
    Signed signed = newItem(nightly);
    Signed empty = nightly.sign("POST", "/v1/items", "").as("POST", "/v1/items", signed.body());
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      client.send(one.request("/health/live").build(), BodyHandlers.discarding());
      List<byte[]> body = List.of(signed.body().getBytes(US_ASCII));
      HttpResponse<String> unknown =
          client.send(
              signed.to(one).POST(BodyPublishers.ofByteArrays(body)).build(),
              BodyHandlers.ofString());
      assertEquals(HttpClient.Version.HTTP_2, unknown.version());
      assertEquals(401, unknown.statusCode());
      HttpResponse<String> unread =
          client.send(
              empty.to(one).POST(BodyPublishers.ofByteArrays(body)).build(),
              BodyHandlers.ofString());
      assertEquals(400, unread.statusCode(), "the body is empty to whoever reads it");
    }
  }

  @Test
  void theBytesOfABodyCountWhateverTheyAreSaidToBe() {
    Signed signed = newItem(nightly);
    for (String type : List.of("multipart/form-data; boundary=x", "text/plain")) {
      HttpRequest.Builder request = signed.to(one).setHeader("Content-Type", type);
      assertEquals(415, one.send(request).status(), type);
      signed = newItem(nightly);
      Signed emptied = nightly.sign("POST", "/v1/items", "").as("POST", "/v1/items", signed.body());
      assertRefused(one.send(emptied.to(one).setHeader("Content-Type", type)));
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    String body = "x".repeat((1 << 20) + 1);
    Signed signed = nightly.sign("POST", "/v1/items", body);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest.Builder inChunks =
          signed.to(one).POST(BodyPublishers.ofByteArrays(List.of(body.getBytes(US_ASCII))));
      assertEquals(413, client.send(inChunks.build(), BodyHandlers.ofString()).statusCode());
    }
    assertEquals(413, one.send(signed.to(one)).status());
  }

  @Test
  void aMachineBringsAFileIn() throws Exception {
    String sku = Shop.newSku();
    String file = "sku,name\n" + sku + ",Made for a test\n";
    Signed signed = nightly.sign("POST", "/v1/imports?kind=items", file);
    Reply begun = one.send(signed.to(one).setHeader("Content-Type", "text/csv"));
    assertEquals(202, begun.status(), begun.text());
    JsonNode ended = new BroughtIn(owner).ended(begun.header("Location"));
    assertEquals("done 1/0/0", BroughtIn.told(ended));
    assertEquals("machine nightly", ended.path("actor").asText());
  }

  @Test
  void nobodyUnknownIsReadTheBodyOf() throws IOException {
    Signed forged =
        new Signer("nightly", Signer.randomSecret()).sign("POST", "/v1/items", "x".repeat(1000));
    URI node = URI.create(one.address());
    try (Socket socket = new Socket(node.getHost(), node.getPort())) {
      StringBuilder head = new StringBuilder("POST /v1/items HTTP/1.1\r\nHost: shop\r\n");
      forged.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      head.append("Content-Length: 1000\r\n\r\n");
      socket.getOutputStream().write(head.toString().getBytes(US_ASCII));
      socket.setSoTimeout(10_000);
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 401", new String(answer, US_ASCII));
    }
  }

  @Test
  void withoutAMachineNothingIsLetIn() {
    Shop closed = TestNode.shared().stranger();
    assertRefused(closed.send(nightly.sign("GET", "/v1/ping", "").to(closed)));
  }

  @Test
  void theDocumentedScriptSigns() throws Exception {
    Matcher script = SCRIPT.matcher(Files.readString(PAGE));
    assertTrue(script.find());
    assertEquals(10, script.group(1).lines().count());
    Path signed = DataFolder.fresh().resolve("signed");
    Files.writeString(signed, script.group(1));
    Path secret = DataFolder.fresh().resolve("secret");
    Files.writeString(secret, nightly.secret() + "\n");
    assertEquals("{\"ok\":true}", run(signed, secret, "GET", "/v1/ping"));
    String key = Shop.newSku();
    String body = "{\"sku\": \"%s\", \"name\": \"it's \\\"made\\\" $HOME\"}".formatted(key);
    String[] once = {"POST", "/v1/items", body, "-H", "Idempotency-Key: " + key};
    String made = run(signed, secret, once);
    assertTrue(made.contains(key), made);
    assertEquals(made, run(signed, secret, once));
    Files.writeString(secret, Signer.randomSecret());
    assertTrue(run(signed, secret, "GET", "/v1/ping").contains("signature_refused"));
  }

  private String run(Path script, Path secret, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOLDFAST", one.address());
    builder.environment().put("KEY_ID", "nightly");
    builder.environment().put("SECRET_FILE", secret.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return said;
  }

  @Test
  void aFileThatOthersCanReadOrThatIsWrongStartsNothing() throws Exception {
    Path data = DataFolder.fresh();
    Path readable = machines();
    Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rw-r-----"));
    assertEnds(Program.run(serve(data, readable)), "chmod 600");
    assertEnds(Program.run(serve(data, data.resolve("machines"))), "is not there");
    Path wrong = file("nightly", "x toy-shop Boss 10.0.0.0/8 " + nightly.secret());
    Ended ended = Program.run(serve(data, wrong));
    assertEnds(ended, "line 1: ");
    assertEnds(ended, "line 2: the role ");
    assertFalse(ended.errors().toString().contains(nightly.secret()));
    assertEquals(0, data.toFile().list().length);
  }

  @Test
  void aTenantThatThereIsNotEndsTheStart() throws Exception {
    String url = Files.readString(folder.resolve("database-url")).strip();
    Path wrong =
        file(
            "a toy-shop staff 10.0.0.0/8 " + Signer.randomSecret(),
            "b no-shop staff 10.0.0.0/8 " + Signer.randomSecret(),
            "c nor-shop staff 10.0.0.0/8 " + Signer.randomSecret());
    Ended ended = Program.run(serve(DataFolder.fresh(), wrong, "--db-url", url));
    assertEnds(ended, "line 2: there is no such tenant");
    assertEnds(ended, "line 3: there is no such tenant");
  }

  private static void assertEnds(Ended ended, String said) {
    assertEquals(2, ended.exitCode());
    assertTrue(ended.errors().toString().contains(said), ended.errors().toString());
  }

  @Test
  void nobodyOfASuspendedTenantIsLetIn() throws IOException, SQLException {
    Signed signed = nightly.sign("GET", "/v1/ping", "");
    setStatus("suspended");
    try {
      Reply refused = one.send(signed.to(one));
      assertEquals(403, refused.status());
      assertEquals("tenant_suspended", refused.code());
      setStatus("closed");
      assertRefused(one.send(signed.to(one)));
    } finally {
      setStatus("active");
    }
    assertEquals(200, one.send(signed.to(one)).status());
  }

  private void setStatus(String status) throws IOException, SQLException {
    try (Connection database = DriverManager.getConnection(DataFolder.databaseUrl(folder));
        Statement statement = database.createStatement()) {
      statement.execute(
          """
          SELECT set_config('holdfast.tenant_id', tenant_id::text, false)
          FROM holdfast.tenant_of_slug('toy-shop')
          """);
      statement.execute("UPDATE holdfast.tenants SET status = '" + status + "'");
    }
  }

  @Test
  void onlyWhatNoClockWouldLetInIsForgotten() throws IOException, SQLException {
    try (Connection database = DriverManager.getConnection(DataFolder.databaseUrl(folder));
        Statement statement = database.createStatement()) {
      statement.execute(
          """
          SELECT set_config('holdfast.tenant_id', tenant_id::text, false)
          FROM holdfast.tenant_of_slug('toy-shop')
          """);
      statement.execute(
          """
          INSERT INTO holdfast.machine_nonces (tenant_id, key_id, nonce, seen_at)
          SELECT tenant_id, 'nightly', 'seen-ago-' || seconds || '-seconds',
              clock_timestamp() - make_interval(secs => seconds)
          FROM holdfast.tenant_of_slug('toy-shop'), unnest(ARRAY[600, 890, 910, 5000]) AS seconds
          """);
      statement.execute("SELECT set_config('holdfast.tenant_id', '', false)");
      statement.execute("SET ROLE holdfast_app");
      assertEquals(1, number(statement, "SELECT holdfast.forget_machine_nonces(1)"));
      assertTrue(number(statement, "SELECT holdfast.forget_machine_nonces(1000)") <= 1);
      statement.execute("RESET ROLE");
      statement.execute(
          """
          SELECT set_config('holdfast.tenant_id', tenant_id::text, false)
          FROM holdfast.tenant_of_slug('toy-shop')
          """);
      assertEquals(
          2,
          number(
              statement,
              "SELECT count(*) FROM holdfast.machine_nonces WHERE nonce LIKE 'seen-ago-%'"));
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Signed newItem(Signer signer) {
    return signer.sign(
        "POST",
        "/v1/items",
        "{\"sku\":\"%s\",\"name\":\"Made for a test\"}".formatted(Shop.newSku()));
  }

  private static void assertReplayed(Reply reply) {
    assertEquals(401, reply.status(), reply.text());
    assertEquals("request_replayed", reply.code());
  }

  private static void assertRefused(Reply reply) {
    assertEquals(401, reply.status(), reply.text());
    assertEquals("signature_refused", reply.code());
  }
}
