package io.holdfast.server.event;

import io.holdfast.server.json.JsonWriting;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Events on their way out: written in the transaction of what they tell of, so that they are there
/// if and only if that was committed. All events of a transaction are one row, which makes telling
/// of a batch of commands about as dear as telling of one.
public final class Outbox {
  static final String EVENTS_INSERT =
      """
      INSERT INTO holdfast.event_batches (tenant_id, size, events) VALUES (?, ?, ?::json)
      """;

  /// As one is kept. Its position follows from where its row stands.
  private record Kept(String type, String subject, Instant time, Object data) {
    static Kept of(Event event) {
      return new Kept(event.type().code(), event.subject(), event.time(), event.data());
    }
  }

  private Outbox() {}

  /// To be called when the rows of all subjects are locked, or written.
  public static void add(Connection transaction, TenantId tenant, List<Event> events)
      throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = transaction.prepareStatement(EVENTS_INSERT)) {
      insert.setLong(1, tenant.value());
      insert.setInt(2, events.size());
      insert.setString(3, JsonWriting.text(events.stream().map(Kept::of).toList()));
      insert.executeUpdate();
    }
  }
}
