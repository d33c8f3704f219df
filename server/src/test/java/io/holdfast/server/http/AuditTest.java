package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A node that audits itself every second, and somebody who changes its rows by hand.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
  private static final String COUNTED = "{\"on_hand\":5,\"reason\":\"counted by hand\"}";
  private static final String QUARANTINES = "/v1/audit/quarantines";
  private static final String FINDINGS = "/v1/audit/findings";

  private final KeyPair signer = newKey();
  private Path folder;
  private Program node;
  private Shop shop;

  /// Filled in by [#start()], which runs before the tests.
  @SuppressWarnings("NullAway.Init")
  AuditTest() {}

  @BeforeAll
  void start() throws IOException {
    folder = DataFolder.fresh();
    Path keys = DataFolder.fresh();
    write(keys.resolve("signer"), "PRIVATE", signer.getPrivate());
    write(keys.resolve("signer.pub"), "PUBLIC", signer.getPublic());
    node =
        Program.start(
            "serve",
            "--port",
            "0",
            "--throwaway",
            "--audit-interval-seconds",
            "1",
            "--audit-busy-percent",
            "100",
            "--checkpoint-interval-seconds",
            "1",
            "--checkpoint-key",
            keys.resolve("signer").toString(),
            "--data-dir",
            folder.toString());
    shop = new Shop(node.address(), DataFolder.key(folder, "sweet-shop"));
  }

  @AfterAll
  void stop() throws Exception {
    assertEquals(0, node.terminate().exitCode());
  }

  @Test
  void whatWasChangedByHandIsNotSoldUntilItIsCounted() throws Exception {
    String sku = shop.stocked(5);
    byHand("UPDATE stock_levels SET on_hand = 7 WHERE sku = '" + sku + "'");
    await(() -> shop.get(QUARANTINES).text().contains(sku));
    JsonNode level = shop.get(QUARANTINES).body().path("levels").path(0);
    assertEquals("on_hand is 7, and by the ledger 5", level.path("reason").asText());
    assertEquals(7, level.path("on_hand").asLong());
    Reply refused = shop.post("/v1/purchases", Shop.lines(sku, 1));
    assertEquals(409, refused.status());
    assertEquals("level_quarantined", refused.code());
    assertEquals("lines[0].sku", refused.member());
    assertTrue(refused.body().path("detail").asText().contains("by the ledger 5"), refused.text());
    await(() -> metric("holdfast_audit_quarantined") == 1);
    JsonNode standing = shop.get("/v1/audit").body();
    assertEquals(1, standing.path("quarantined_levels").asLong());
    assertTrue(standing.path("levels").asLong() > 0, standing.toString());
    assertTrue(standing.path("audited_at").isTextual(), standing.toString());
    assertEquals(1, readiness().path("quarantined_levels").asLong());
    Reply corrected = shop.post("/v1/items/" + sku + "/corrections", COUNTED);
    assertEquals(201, corrected.status(), corrected.text());
    assertEquals(0, corrected.body().path("quantity").asLong());
    assertEquals(5, corrected.body().path("on_hand").asLong());
    assertEquals(201, shop.post("/v1/purchases", Shop.lines(sku, 1)).status());
    assertEquals("{\"levels\":[]}", shop.get(QUARANTINES).text());
    await(() -> metric("holdfast_audit_quarantined") == 0);
  }

  @Test
  void aFindingStaysAndAlertsNobodyOnceItIsKnown() throws Exception {
    String sku = shop.stocked(5);
    await(() -> isAudited(sku));
    // Every hash fits, but it is not what it was.
    byHand("UPDATE movements SET hash = '\\x01' WHERE sku = '" + sku + "'");
    byHand("UPDATE stock_levels SET chain_hash = '\\x01' WHERE sku = '" + sku + "'");
    await(() -> shop.get(FINDINGS).text().contains(sku));
    JsonNode finding = shop.get(FINDINGS).body().path("findings").path(0);
    assertEquals("movement is the one that was audited", finding.path("check").asText());
    assertTrue(finding.path("acknowledgement").isNull());
    await(() -> metric("holdfast_audit_findings") == 1);
    assertEquals(1, shop.get("/v1/audit").body().path("findings").asLong());
    String address = FINDINGS + "/" + finding.path("id").asText() + "/acknowledgement";
    Reply known = shop.put(address, "{\"reason\":\"a test\"}");
    assertEquals(200, known.status(), known.text());
    assertEquals("a test", known.body().path("acknowledgement").path("reason").asText());
    await(() -> metric("holdfast_audit_findings") == 0);
    assertEquals(0, shop.get("/v1/audit").body().path("findings").asLong());
    assertEquals(1, shop.get(FINDINGS).body().path("findings").size(), "it is still so");
    assertEquals(
        "{\"findings\":[],\"next\":null}",
        shop.get(FINDINGS + "?after=" + finding.path("id").asText()).text());
    Shop other = new Shop(node.address(), DataFolder.key(folder, "warehouse"));
    assertEquals("unknown_finding", other.put(address, "{\"reason\":\"a test\"}").code());
    assertEquals("{\"findings\":[],\"next\":null}", other.get(FINDINGS).text());
  }

  @Test
  void whatIsAskedWronglyIsRefusedByItsName() {
    assertEquals("after", shop.get(FINDINGS + "?after=x").member());
    assertEquals("limit", shop.get(FINDINGS + "?limit=0").member());
    assertEquals("reason", shop.put(FINDINGS + "/1/acknowledgement", "{}").member());
    Reply unknown = shop.put(FINDINGS + "/x/acknowledgement", "{\"reason\":\"x\"}");
    assertEquals("unknown_finding", unknown.code());
    assertEquals("id", unknown.member());
    String corrections = "/v1/items/" + shop.stocked(1) + "/corrections";
    assertEquals("reason", shop.post(corrections, "{\"on_hand\":1}").member());
    assertEquals("on_hand", shop.post(corrections, "{\"on_hand\":-1,\"reason\":\"x\"}").member());
    Reply nowhere =
        shop.post(corrections, "{\"on_hand\":1,\"reason\":\"x\",\"location\":\"moon\"}");
    assertEquals("unknown_location", nowhere.code());
    assertEquals("location", nowhere.member());
  }

  @Test
  void whatIsHeldIsNotCorrectedAway() {
    String sku = shop.stocked(5);
    shop.post("/v1/reservations", Shop.lines(sku, 3));
    Reply refused =
        shop.post("/v1/items/" + sku + "/corrections", "{\"on_hand\":2,\"reason\":\"counted\"}");
    assertEquals("insufficient_stock", refused.code());
    assertEquals("on_hand", refused.member());
  }

  @Test
  void whatHasMovedIsSignedByItselfWithTheKeyThatWasNamed() {
    shop.stocked(5);
    await(() -> metric("holdfast_audit_checkpoints_total") > 0 && !signers().isEmpty());
    String named = HexFormat.of().formatHex(signer.getPublic().getEncoded());
    assertEquals(List.of(named), signers());
    assertFalse(folder.resolve("checkpoint-key").toFile().exists(), "none was made");
  }

  private List<String> signers() {
    try (Connection owner = owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT DISTINCT encode(public_key, 'hex') FROM holdfast.checkpoints")) {
      List<String> signers = new ArrayList<>();
      while (row.next()) {
        signers.add(row.getString(1));
      }
      return signers;
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// As OpenSSL writes it, for nobody but its owner to read.
  private static void write(Path file, String kind, Key key) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    String text = "-----BEGIN %1$s KEY-----%n%2$s%n-----END %1$s KEY-----%n".formatted(kind, body);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode readiness() {
    for (JsonNode check : shop.get("/health/ready").body().path("checks")) {
      if (check.path("name").asText().equals("audit")) {
        return check.path("data");
      }
    }
    throw new AssertionError("readiness tells nothing of audits");
  }

  /// -1: not there yet.
  private long metric(String name) {
    return shop.get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .filter(value -> !value.equals("NaN"))
        .mapToLong(value -> (long) Double.parseDouble(value))
        .findFirst()
        .orElse(-1);
  }

  private boolean isAudited(String sku) {
    try (Connection owner = owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT EXISTS (SELECT FROM holdfast.audit_marks WHERE sku = '" + sku + "')")) {
      row.next();
      return row.getBoolean(1);
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// With the triggers off.
  private void byHand(String change) throws IOException, SQLException {
    try (Connection owner = owner();
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("ALTER TABLE holdfast.movements DISABLE TRIGGER USER");
      statement.execute("SET LOCAL search_path = holdfast");
      statement.execute(change);
      statement.execute("ALTER TABLE holdfast.movements ENABLE TRIGGER USER");
      owner.commit();
    }
  }

  /// Who owns the tables, and sees the rows of one tenant.
  private Connection owner() throws IOException, SQLException {
    Connection owner = DriverManager.getConnection(DataFolder.databaseUrl(folder));
    try (Statement statement = owner.createStatement()) {
      statement.execute(
          "SELECT set_config('holdfast.tenant_id', tenant_id::text, false)"
              + " FROM holdfast.tenant_of_slug('sweet-shop')");
      return owner;
    } catch (SQLException e) {
      owner.close();
      throw e;
    }
  }

  private static void await(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(60), "not within a minute", condition);
  }
}
