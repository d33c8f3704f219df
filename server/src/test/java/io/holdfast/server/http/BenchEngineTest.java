package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/// The bench as the prover's jar calls it, with times that measure nothing.
class BenchEngineTest {
  /// Verified like any other, once it is a tenant of the server's.
  private static final String TENANT_INSERT =
      """
      INSERT INTO holdfast.tenants (tenant_id, slug, name)
      OVERRIDING SYSTEM VALUE VALUES (1000000, 'bench', 'Bench')""";

  @Test
  void storesReservationsThatTheVerifierFindsNothingWrongWith() throws Exception {
    String url = DataFolder.databaseUrl(TestNode.shared().folder());
    Program.Ended bench =
        Program.run(
            "bench-engine",
            "--part",
            "stored",
            "--stored",
            "25000",
            "--seconds",
            "0.2",
            "--db-url",
            url);
    assertEquals(0, bench.exitCode(), bench.errors().toString());
    assertEquals(4, bench.output().lines().filter(line -> line.startsWith("{")).count());
    insertTenant(url);
    Program.Ended verified = Program.run("verify", "--db-url", url);
    assertEquals(0, verified.exitCode(), verified.output());
    assertTrue(reservations(url) > 25_000);
  }

  private static void insertTenant(String url) throws SQLException {
    try (Connection owner = DriverManager.getConnection(url);
        Statement statement = owner.createStatement()) {
      statement.execute("SET holdfast.tenant_id = 1000000");
      statement.execute(TENANT_INSERT);
    }
  }

  private static long reservations(String url) throws SQLException {
    try (Connection owner = DriverManager.getConnection(url);
        Statement statement = owner.createStatement()) {
      statement.execute("SET holdfast.tenant_id = 1000000");
      try (var rows = statement.executeQuery("SELECT count(*) FROM holdfast.reservations")) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
