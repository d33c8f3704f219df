package io.holdfast.proof.prove;

import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Whether every node sells again: it is asked for a unit of an item of its own until it does.
final class Recovery {
  private static final int SUPPLY = 1_000_000;
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final long PAUSE_MILLIS = 50;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final String STUCK =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE starts_with(state, 'idle in transaction')
          AND state_change < clock_timestamp() - interval '5 s'
      """;

  private final Target target;
  private final Database database;
  private final String sku;
  private int asked;

  private Recovery(Target target, Database database, String sku) {
    this.target = target;
    this.database = database;
    this.sku = sku;
  }

  /// @param run names the item
  static Recovery prepare(Desk desk, Target target, Database database, String run)
      throws IOException {
    String sku = run + "-again";
    PricedItems.stock(desk, List.of(sku), SUPPLY);
    return new Recovery(target, database, sku);
  }

  /// When every node had sold one since it was mended; nothing if that took too long.
  OptionalLong await(long mendedNanos) {
    for (Endpoint node : target.endpoints()) {
      String key = sku + "-" + asked++;
      while (!sells(node, key)) {
        if (Ticker.nanos() > mendedNanos + PATIENCE_NANOS) {
          return OptionalLong.empty();
        }
        Ticker.pauseMillis(PAUSE_MILLIS);
      }
    }
    return OptionalLong.of(Ticker.nanos());
  }

  private boolean sells(Endpoint node, String key) {
    String body = Json.write(Map.of("lines", List.of(Map.of("sku", sku, "quantity", 1))));
    Request request = Request.of("POST", "/v1/purchases", target.credential(), key, body);
    try (Connection connection = Connection.open(node, TIMEOUT_MILLIS)) {
      return connection.exchange(request).status() < 300;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Sessions that have left a transaction open.
  int stuckSessions() throws SQLException {
    try (java.sql.Connection superuser = database.connect();
        PreparedStatement count = superuser.prepareStatement(STUCK);
        ResultSet row = count.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
