package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.stock.StockVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The schema is held to its description as a whole, the server's part like the engine's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationTest {
  private static final Path DESCRIPTION =
      Path.of("src", "main", "resources", "io/holdfast/server/start/schema.txt");

  private Cluster cluster;
  private DatabaseUrl owner;

  /// Filled in by [#migrate], which runs before the tests.
  @SuppressWarnings("NullAway.Init")
  VerificationTest() {}

  @BeforeAll
  void migrate(@TempDir Path folder) throws SQLException {
    cluster = Cluster.open(folder.resolve("data"), ClusterSettings.throwaway());
    owner = DatabaseUrl.parse("owner", cluster.ownerUrl());
    Migrations.migrate(owner);
  }

  @AfterAll
  void destroy() {
    cluster.destroy();
  }

  @Test
  void theDescriptionIsThatOfTheMigratedSchema() throws SQLException, IOException {
    String described = describedBesideTheEngines();
    Files.writeString(Path.of("target", "schema.txt"), described);
    assertEquals(
        Files.readString(DESCRIPTION), described, "copy target/schema.txt to " + DESCRIPTION);
  }

  private String describedBesideTheEngines() throws SQLException, IOException {
    List<String> engines = enginesDescription().lines().toList();
    try (Connection connection = Database.connect(owner)) {
      return StockVerifier.create()
          .describeSchema(connection)
          .lines()
          .filter(line -> !engines.contains(line))
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }

  private static String enginesDescription() throws IOException {
    try (InputStream text =
        StockVerifier.class.getResourceAsStream("/io/holdfast/stock/verify/schema.txt")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE api_keys DROP CONSTRAINT api_keys_tenant | \
          ALTER TABLE api_keys ADD CONSTRAINT api_keys_tenant FOREIGN KEY (tenant_id) \
          REFERENCES tenants | constraint | api_keys.api_keys_tenant
          ALTER POLICY living_keys ON api_keys TO PUBLIC | \
          ALTER POLICY living_keys ON api_keys TO holdfast_doorkeeper | \
          policy | api_keys.living_keys
          GRANT INSERT ON tenants TO holdfast_app | REVOKE INSERT ON tenants FROM holdfast_app | \
          rights | tenants.holdfast_app on the table
          GRANT EXECUTE ON FUNCTION tenant_ids TO holdfast_app | \
          REVOKE EXECUTE ON FUNCTION tenant_ids FROM holdfast_app | \
          rights | tenant_ids().holdfast_app on the function
          ALTER TABLE demonstrations DISABLE ROW LEVEL SECURITY | \
          ALTER TABLE demonstrations ENABLE ROW LEVEL SECURITY | \
          row-level security | demonstrations
          ALTER TABLE items DISABLE ROW LEVEL SECURITY | \
          ALTER TABLE items ENABLE ROW LEVEL SECURITY | row-level security | items
          """)
  void printsWhatWasLoosened(String tampering, String undoing, String check, String row)
      throws SQLException, IOException {
    assertEquals(ExitCode.CLEAN, verify(new StringWriter()));
    execute(tampering);
    StringWriter printed = new StringWriter();
    try {
      assertEquals(ExitCode.DIFFERENCES_FOUND, verify(printed));
      assertTrue(printed.toString().contains(check + " | " + row + " | "), printed::toString);
    } finally {
      execute(undoing);
    }
  }

  private ExitCode verify(StringWriter printed) throws SQLException, IOException {
    PrintWriter out = new PrintWriter(printed);
    OwnersDatabase database = new OwnersDatabase(Path.of("unused"), Optional.of(owner));
    return new Verification(database, Set.of(), out).run();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(cluster.superuserUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = holdfast");
      statement.execute(sql);
    }
  }
}
