package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.StockVerifier.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The description that the schema is held to is the schema's, and whatever is loosened shows.
class SchemaTest {
  private static final Path DESCRIPTION =
      Path.of("..", "stock", "src", "main", "resources", "io/holdfast/stock/verify/schema.txt");

  private final StockVerifier verifier = StockVerifier.create();
  private final TestDatabase database = TestDatabase.shared();

  @Test
  void theDescriptionIsThatOfTheMigratedSchema() throws SQLException, IOException {
    TestDatabase fresh = database.beside("described");
    fresh.pool().close();
    try (Connection connection = fresh.connect()) {
      String described = verifier.describeSchema(connection);
      Files.writeString(Path.of("target", "schema.txt"), described);
      assertEquals(
          Files.readString(DESCRIPTION),
          described,
          "copy stock-testing/target/schema.txt to " + DESCRIPTION);
    }
  }

  @Test
  void saysTheSameInASessionThatLooksElsewhere() throws SQLException {
    try (Connection connection = database.connectWith("currentSchema", "holdfast")) {
      assertEquals(List.of(), verifier.verifySchema(connection));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE items RENAME TO goods | table | items
          ALTER TABLE movements DISABLE TRIGGER ALL; ALTER TABLE movements SET UNLOGGED | \
          table | movements
          ALTER TABLE items OWNER TO holdfast_app | table | items
          ALTER TABLE stock_levels ALTER chain_hash DROP NOT NULL | column | stock_levels.chain_hash
          ALTER TABLE items ALTER tracked SET DEFAULT false | column | items.tracked
          ALTER TABLE stock_levels DROP CONSTRAINT stock_levels_never_oversold, \
          ADD CONSTRAINT stock_levels_never_oversold CHECK (true) | \
          constraint | stock_levels.stock_levels_never_oversold
          ALTER TABLE stock_levels DROP CONSTRAINT stock_levels_item | \
          constraint | stock_levels.stock_levels_item
          ALTER TABLE stock_levels DROP CONSTRAINT stock_levels_on_hand_not_negative, \
          ADD CONSTRAINT stock_levels_on_hand_not_negative CHECK (on_hand >= 0) NOT VALID | \
          constraint | stock_levels.stock_levels_on_hand_not_negative
          ALTER TABLE stock_levels DROP CONSTRAINT stock_levels_on_hand_not_negative, \
          ADD CONSTRAINT stock_levels_on_hand_not_negative CHECK (on_hand >= 0) NOT ENFORCED | \
          constraint | stock_levels.stock_levels_on_hand_not_negative
          ALTER TABLE stock_levels DISABLE TRIGGER ALL | constraint | stock_levels.stock_levels_item
          ALTER TABLE movements DROP CONSTRAINT movements_pk | unique index | movements.movements_pk
          DROP INDEX reservations_request_key | unique index | reservations.reservations_request_key
          CREATE UNIQUE INDEX one_actor ON movements (actor) WHERE position < 0 | \
          unique index | movements.one_actor
          UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'items_pk'::regclass | \
          unique index | items.items_pk
          DROP TRIGGER movements_are_immutable ON movements | \
          trigger | movements.movements_are_immutable
          ALTER TABLE movements DISABLE TRIGGER movements_are_immutable | \
          trigger | movements.movements_are_immutable
          ALTER TABLE movements ENABLE REPLICA TRIGGER movements_are_immutable | \
          trigger | movements.movements_are_immutable
          CREATE TRIGGER more BEFORE INSERT ON items EXECUTE FUNCTION refuse_change() | \
          trigger | items.more
          CREATE RULE lost AS ON INSERT TO movements DO INSTEAD NOTHING | rule | movements.lost
          ALTER TABLE items NO FORCE ROW LEVEL SECURITY | row-level security | items
          ALTER TABLE items DISABLE ROW LEVEL SECURITY | row-level security | items
          DROP POLICY tenant_rows ON movements | policy | movements.tenant_rows
          ALTER POLICY tenant_rows ON movements USING (true) | policy | movements.tenant_rows
          ALTER POLICY tenant_rows ON movements WITH CHECK (true) | policy | movements.tenant_rows
          ALTER POLICY due_rows ON reservations TO PUBLIC | policy | reservations.due_rows
          CREATE POLICY all_rows ON items USING (true) | policy | items.all_rows
          GRANT UPDATE ON movements TO holdfast_app | rights | movements.holdfast_app on the table
          GRANT DELETE ON stock_levels TO PUBLIC | rights | stock_levels.everybody on the table
          GRANT SELECT (skus) ON reservations TO holdfast_sweeper | \
          rights | reservations.holdfast_sweeper on the column skus
          GRANT UPDATE (hash) ON movements TO holdfast_app | \
          rights | movements.holdfast_app on the column hash
          REVOKE INSERT ON movements FROM holdfast_app | \
          rights | movements.holdfast_app on the table
          GRANT CREATE ON SCHEMA holdfast TO holdfast_app | \
          rights | holdfast_app.holdfast_app on the schema
          GRANT USAGE ON SCHEMA holdfast TO PUBLIC | rights | everybody.everybody on the schema
          GRANT EXECUTE ON FUNCTION due_tenants TO PUBLIC | \
          rights | due_tenants().everybody on the function
          ALTER FUNCTION due_tenants SECURITY INVOKER | \
          function | due_tenants()
          ALTER FUNCTION due_tenants OWNER TO holdfast_owner | \
          function | due_tenants()
          CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql \
          AS 'BEGIN RETURN NULL; END' | function | refuse_change()
          ALTER ROLE holdfast_app BYPASSRLS | role | holdfast_app
          ALTER ROLE holdfast_app SUPERUSER | role | holdfast_app
          GRANT pg_read_all_data TO holdfast_app | role | holdfast_app
          """)
  void findsWhatWasLoosened(String tampering, String check, String row) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      statement.execute("SET LOCAL search_path = holdfast");
      statement.execute(tampering);
      List<Difference> differences = verifier.verifySchema(superuser);
      superuser.rollback();
      assertTrue(
          differences.stream().anyMatch(d -> d.check().equals(check) && d.row().equals(row)),
          differences::toString);
    }
  }
}
