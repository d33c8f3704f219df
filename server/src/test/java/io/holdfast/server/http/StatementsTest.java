package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every statement of the server fits the migrated schema. A constant is a statement when it begins
/// like one.
class StatementsTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Pattern STATEMENT =
      Pattern.compile("(SELECT|INSERT|UPDATE|DELETE)\\s.*", Pattern.DOTALL);

  @Test
  void everyStatementCanBePrepared() throws Exception {
    List<String> statements = statements();
    assertTrue(statements.size() > 20, "found " + statements.size());
    try (Connection owner =
        DriverManager.getConnection(DataFolder.databaseUrl(TestNode.shared().folder()))) {
      for (String statement : statements) {
        try (PreparedStatement prepared = owner.prepareStatement(statement)) {
          // Asking for the parameters makes the server parse it.
          assertTrue(prepared.getParameterMetaData().getParameterCount() >= 0, statement);
        }
      }
    }
  }

  @Test
  void theApplicationSeesNoRowsOfATenantThatIsNotNamed() throws Exception {
    try (Connection application = asApplication();
        var statement = application.createStatement()) {
      for (String table :
          List.of(
              "api_keys",
              "catalog_changes",
              "catalog_items",
              "catalog_word_forms",
              "catalog_words",
              "console_sessions",
              "custom_roles",
              "demonstrations",
              "event_batches",
              "event_heads",
              "event_settings",
              "event_sink_positions",
              "movements",
              "invitations",
              "import_errors",
              "import_lines",
              "imports",
              "items",
              "locations",
              "login_attempts",
              "memberships",
              "number_series",
              "order_lines",
              "orders",
              "oidc_identities",
              "refresh_tokens",
              "sessions",
              "user_passwords",
              "users",
              "webhooks",
              "webhook_deliveries",
              "payment_settings",
              "payments",
              "payment_refunds",
              "payment_events",
              "request_answers",
              "stock_policies",
              "tenants",
              "trail_entries",
              "trail_heads",
              "trail_seals",
              "trail_unsealed")) {
        try (var rows = statement.executeQuery("SELECT count(*) FROM holdfast." + table)) {
          rows.next();
          assertEquals(0, rows.getLong(1), table);
        }
      }
    }
  }

  @Test
  void theApplicationHasNoRightToWhatItDoesNotNeed() throws Exception {
    try (Connection application = asApplication();
        var statement = application.createStatement()) {
      for (String forbidden :
          List.of(
              "SELECT name FROM holdfast.tenants",
              "UPDATE holdfast.tenants SET slug = 'x'",
              "SELECT FROM holdfast.signing_keys",
              "UPDATE holdfast.api_keys SET role = 'owner'",
              "DELETE FROM holdfast.api_keys",
              "UPDATE holdfast.sessions SET user_id = 1",
              "UPDATE holdfast.console_sessions SET token_hash = ''",
              "INSERT INTO holdfast.console_sessions (used_at) VALUES (clock_timestamp())",
              "UPDATE holdfast.event_batches SET events = '[]'",
              "DELETE FROM holdfast.event_batches",
              "DELETE FROM holdfast.event_heads",
              "UPDATE holdfast.event_sinks SET lease = NULL",
              "DELETE FROM holdfast.event_sink_positions",
              "UPDATE holdfast.webhook_deliveries SET body = 'x'",
              "UPDATE holdfast.payments SET amount = 1",
              "UPDATE holdfast.payments SET order_id = gen_random_uuid()",
              "DELETE FROM holdfast.payments",
              "UPDATE holdfast.payment_refunds SET amount = 1",
              "DELETE FROM holdfast.payment_refunds",
              "DELETE FROM holdfast.payment_events",
              "DELETE FROM holdfast.users",
              "UPDATE holdfast.oidc_identities SET user_id = 1",
              "DELETE FROM holdfast.oidc_identities",
              "SELECT holdfast.tenant_ids()",
              "SELECT holdfast.tenant_of_slug('warehouse')",
              "UPDATE holdfast.catalog_items SET tracked = false",
              "DELETE FROM holdfast.catalog_items",
              "UPDATE holdfast.catalog_changes SET actor = 'x'",
              "DELETE FROM holdfast.catalog_changes",
              "UPDATE holdfast.imports SET actor = 'x'",
              "UPDATE holdfast.imports SET kind = 'stock'",
              "DELETE FROM holdfast.imports",
              "DELETE FROM holdfast.import_lines",
              "DELETE FROM holdfast.import_errors",
              "UPDATE holdfast.import_lines SET record = '{}'",
              "UPDATE holdfast.import_errors SET line = 1",
              "UPDATE holdfast.locations SET location = 'x'",
              "UPDATE holdfast.orders SET total = 0",
              "UPDATE holdfast.orders SET number = 'x'",
              "DELETE FROM holdfast.orders",
              "UPDATE holdfast.order_lines SET unit_price = 0",
              "DELETE FROM holdfast.order_lines",
              "DELETE FROM holdfast.number_series",
              "UPDATE holdfast.request_answers SET status = 500",
              "DELETE FROM holdfast.machine_nonces",
              "UPDATE holdfast.machine_nonces SET seen_at = clock_timestamp()",
              "INSERT INTO holdfast.machine_nonces (seen_at) VALUES (clock_timestamp())",
              "UPDATE holdfast.trail_entries SET actor = 'x'",
              "DELETE FROM holdfast.trail_entries",
              "DELETE FROM holdfast.demonstrations")) {
        SQLException refused =
            assertThrows(SQLException.class, () -> statement.execute(forbidden), forbidden);
        assertEquals("42501", refused.getSQLState(), forbidden);
      }
    }
  }

  private static Connection asApplication() throws IOException, SQLException {
    String url = DataFolder.databaseUrl(TestNode.shared().folder());
    return DriverManager.getConnection(url + "&options=-c%20role=holdfast_app");
  }

  private static List<String> statements() throws IOException, ReflectiveOperationException {
    List<String> statements = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CLASSES.resolve("io/holdfast/server"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        statements.addAll(statements(file));
      }
    }
    return statements;
  }

  private static List<String> statements(Path file) throws ReflectiveOperationException {
    String name = CLASSES.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
    Class<?> type = Class.forName(name, false, StatementsTest.class.getClassLoader());
    List<String> statements = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        field.setAccessible(true);
        String value = (String) field.get(null);
        if (value != null && STATEMENT.matcher(value).matches()) {
          statements.add(value);
        }
      }
    }
    return statements;
  }
}
