package io.holdfast.server.start;

import io.holdfast.server.event.EventVerifier;
import io.holdfast.server.identity.Tenants;
import io.holdfast.server.order.OrderVerifier;
import io.holdfast.server.payment.PaymentVerifier;
import io.holdfast.server.trail.TrailVerifier;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Checks the schema, the engine's part and the server's, and then tenant after tenant: its stock,
/// its orders, its events and its trail.
final class Verification {
  private static final String DESCRIPTION = "schema.txt";

  private final OwnersDatabase database;
  private final Set<PublicKey> trusted;
  private final PrintWriter out;

  /// @param trusted the keys that may have signed checkpoints; empty: any
  Verification(OwnersDatabase database, Set<PublicKey> trusted, PrintWriter out) {
    this.database = database;
    this.trusted = trusted;
    this.out = out;
  }

  ExitCode run() throws SQLException, IOException {
    return database.with(this::verify);
  }

  private ExitCode verify(DatabaseUrl url) throws SQLException {
    try (Connection connection = Database.connect(url)) {
      StockVerifier verifier = StockVerifier.trusting(trusted);
      List<Difference> differences = new ArrayList<>(verifier.verifySchema(connection));
      differences.addAll(verifier.verifySchema(connection, description()));
      Handle handle = Jdbi.create(connection).open();
      List<TenantId> tenants = Tenants.all(handle);
      for (TenantId tenant : tenants) {
        differences.addAll(verifier.verifyTenant(connection, tenant));
        differences.addAll(OrderVerifier.differences(handle, tenant));
        differences.addAll(EventVerifier.differences(handle, tenant));
        differences.addAll(PaymentVerifier.differences(handle, tenant));
        differences.addAll(TrailVerifier.differences(handle, tenant));
      }
      return print(differences, tenants.size());
    }
  }

  /// Of the server's tables, functions and roles as they are when they are freshly migrated.
  static String description() {
    try (InputStream text = Verification.class.getResourceAsStream(DESCRIPTION)) {
      if (text == null) {
        throw new IllegalStateException(DESCRIPTION + " is not on the class path");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(DESCRIPTION + " can't be read", e);
    }
  }

  private ExitCode print(List<Difference> differences, int tenants) {
    DifferenceLines.print(differences, out);
    String result =
        differences.isEmpty()
            ? "everything is as it was claimed to be"
            : differences.size() + " differences";
    out.printf("Verified %d tenants: %s.%n", tenants, result);
    out.flush();
    return differences.isEmpty() ? ExitCode.CLEAN : ExitCode.DIFFERENCES_FOUND;
  }
}
