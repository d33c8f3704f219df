package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.LeakSearch.Leak;
import io.holdfast.server.http.People.Tokens;
import io.holdfast.server.http.Shop.Reply;
import io.holdfast.server.payment.StripeServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// No secret is where it does not belong: in a log, in what a node prints, in metrics, in a
/// problem, or in any column of the database, which has digests at most. Looks for each secret that
/// any test of this package has sent or was given, when all of them are done.
@Order(Integer.MAX_VALUE)
class SecretsTest {
  private static final Set<String> KINDS =
      Set.of(
          "credential",
          "password",
          "current_password",
          "new_password",
          "access_token",
          "refresh_token",
          "token",
          "invitation",
          "cookie",
          "csrf_token",
          "secret",
          "machine secret",
          "secret_key",
          "database password");

  /// What a node has to have to show it: to the provider of payments, and to the buyer's browser
  /// while a payment waits for it.
  private static final Set<Leak> KEPT =
      Set.of(
          new Leak("secret_key", "holdfast.payment_settings"),
          new Leak("client_secret", "holdfast.payments"));

  private static final String PLANT =
      """
      INSERT INTO holdfast.findings
          (tenant_id, check_name, row_name, expected, found, first_seen_at, last_seen_at)
      VALUES (1, 'planted', '', '', ?, now(), now())
      """;

  private final TestNode node = TestNode.shared();

  /// Whoever else was here before: each kind of secret was used, some of them in vain.
  @BeforeEach
  void useEachKind() throws IOException {
    People people = new People("sweet-shop");
    String name = people.registered();
    Tokens tokens = people.loggedIn(name);
    Browser.loggedIn("sweet-shop", name);
    people.login(name, "surely this is not it");
    people.refresh(tokens.refresh());
    people.refresh(tokens.refresh());
    people.registerOwner(People.newName(), "hi_1_" + "Z".repeat(43));
    people.reset("hi_1_" + "Y".repeat(43), People.PASSWORD);
    Shop owner = node.tenant("sweet-shop");
    Secrets.add("secret_key", StripeServer.KEY);
    owner.put(
        "/v1/payment-settings",
        "{\"provider\":\"stripe\",\"secret_key\":\"%s\"}".formatted(StripeServer.KEY));
    owner.post("/v1/api-keys", "{\"name\":\"%s\",\"role\":\"staff\"}".formatted(name));
    tokens
        .shop()
        .post(
            "/v1/account/password",
            "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
                .formatted("nor is this the one", "quite another 7 words to say"));
    new Shop(node.stranger().address(), "hf_" + "X".repeat(43)).get("/v1/items");
    node.stranger()
        .send(new Signer("nobody", Signer.randomSecret()).sign("GET", "/v1/ping", "").to(owner));
    for (String login : List.of("postgres", "holdfast_owner", "holdfast_node")) {
      Secrets.add(
          "database password",
          Files.readString(node.folder().resolve(login + ".password")).strip());
    }
    Path checkpointKey = node.folder().resolve("checkpoint-key");
    if (Files.exists(checkpointKey)) {
      Secrets.add("checkpoint key", Files.readAllLines(checkpointKey).get(1));
    }
  }

  @Test
  void noSecretIsWhereItDoesNotBelong() throws IOException, SQLException {
    LeakSearch search = new LeakSearch(Secrets.all());
    Set<Leak> leaks = new HashSet<>();
    for (String log : Program.logs()) {
      leaks.addAll(search.in("log", log));
    }
    leaks.addAll(search.in("log of the database", databaseLog()));
    Reply metrics = node.tenant("sweet-shop").get("/metrics");
    assertTrue(metrics.text().contains("http_server_requests"), metrics.text());
    leaks.addAll(search.in("metrics", metrics.text()));
    Secrets.problems().forEach(problem -> leaks.addAll(search.in("problem", problem)));
    try (Connection superuser = superuser()) {
      int tables = new DatabaseText(superuser).read((at, row) -> leaks.addAll(search.in(at, row)));
      assertTrue(tables > 35, "there are " + tables + " tables");
    }
    leaks.removeAll(KEPT);
    assertEquals(Set.of(), leaks);
    assertEquals(Set.of(), missing());
    assertFalse(Secrets.problems().isEmpty());
  }

  private static Set<String> missing() {
    Set<String> missing = new TreeSet<>(KINDS);
    missing.removeAll(Secrets.all().values());
    return missing;
  }

  /// That nothing is found would say nothing if nothing could be.
  @Test
  void whatIsPlantedIsFound() throws SQLException, IOException {
    LeakSearch search = new LeakSearch(Secrets.all());
    List<Leak> leaks = new ArrayList<>();
    try (Connection superuser = superuser();
        var plant = superuser.prepareStatement(PLANT)) {
      plant.setString(1, "told to somebody: " + People.PASSWORD);
      plant.executeUpdate();
      new DatabaseText(superuser).read((at, row) -> leaks.addAll(search.in(at, row)));
      superuser.rollback();
    }
    leaks.removeAll(KEPT);
    assertEquals(List.of(new Leak("password", "holdfast.findings")), leaks);
  }

  private Connection superuser() throws SQLException, IOException {
    Connection superuser = DriverManager.getConnection(DataFolder.superuserUrl(node.folder()));
    superuser.setAutoCommit(false);
    return superuser;
  }

  private String databaseLog() throws IOException {
    return Files.readString(node.folder().resolve("server.log"));
  }
}
