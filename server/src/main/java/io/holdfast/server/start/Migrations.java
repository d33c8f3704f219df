package io.holdfast.server.start;

import io.holdfast.stock.StockSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/// Brings the schema to what this program knows. A schema that is there already costs one query.
final class Migrations {
  static final List<String> LOCATIONS =
      List.of("io/holdfast/stock/schema", "io/holdfast/server/schema");

  /// Every script there is; a test holds this list to the files.
  static final List<String> SCRIPTS =
      Stream.concat(
              StockSchema.scripts().stream().map(StockSchema.Script::name),
              Stream.of(
                  "V100__create_tenants_and_keys.sql",
                  "V101__create_catalog.sql",
                  "V102__create_demonstrations.sql",
                  "V103__keep_answers.sql",
                  "V104__give_keys_a_role.sql",
                  "V105__let_people_in.sql",
                  "V107__keep_a_trail.sql",
                  "V108__keep_nonces.sql",
                  "V109__limit_rates.sql",
                  "V110__keep_sessions_of_browsers.sql",
                  "V111__link_identities.sql",
                  "V115__describe_items.sql",
                  "V116__find_items.sql",
                  "V117__forget_what_is_over.sql",
                  "V118__take_orders.sql",
                  "V119__tell_of_events.sql",
                  "V120__send_webhooks.sql",
                  "V121__take_payments.sql",
                  "V122__bring_files_in.sql",
                  "V123__send_to_sinks.sql"))
          .toList();

  static final String HISTORY_EXISTS =
      """
      SELECT to_regclass('holdfast.flyway_schema_history') IS NOT NULL
      """;

  static final String HISTORY_SCRIPTS =
      """
      SELECT script FROM holdfast.flyway_schema_history
      WHERE success AND version IS NOT NULL
      """;

  private Migrations() {}

  /// Answers whether the schema is new: nothing of it was there before.
  static boolean migrate(Database database) throws SQLException {
    return migrate(database.owner());
  }

  static boolean migrate(DatabaseUrl owner) throws SQLException {
    Set<String> done = done(owner);
    Set<String> unknown = new HashSet<>(done);
    SCRIPTS.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new StartFault(
          ExitCode.SCHEMA_NEWER,
          "the database's schema is newer than this program: it has " + String.join(", ", unknown));
    }
    if (!done.containsAll(SCRIPTS)) {
      flyway(owner).migrate();
    }
    return done.isEmpty();
  }

  private static Set<String> done(DatabaseUrl owner) throws SQLException {
    try (Connection connection = Database.connect(owner);
        Statement statement = connection.createStatement()) {
      if (!isTrue(statement, HISTORY_EXISTS)) {
        return Set.of();
      }
      Set<String> done = new HashSet<>();
      try (ResultSet rows = statement.executeQuery(HISTORY_SCRIPTS)) {
        while (rows.next()) {
          done.add(rows.getString(1).replaceFirst("^.*/", ""));
        }
      }
      return done;
    }
  }

  private static boolean isTrue(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Flyway flyway(DatabaseUrl owner) {
    return Flyway.configure()
        .dataSource(owner.jdbcUrl(), owner.user().orElse(null), owner.password().orElse(null))
        .locations(LOCATIONS.stream().map(place -> "classpath:" + place).toArray(String[]::new))
        .schemas("holdfast")
        .createSchemas(true)
        // Two modules number their scripts apart, so that a later one of the first comes after.
        .outOfOrder(true)
        .load();
  }
}
