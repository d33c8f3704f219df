package io.holdfast.stock.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// An idempotency key that had its effect: which request it was, and what that request was
/// answered.
public record StoredAnswer(UUID requestKey, UUID fingerprint, byte[] answer) {
  static Map<UUID, StoredAnswer> byKey(RoundTrip trip) throws SQLException {
    Map<UUID, StoredAnswer> found = new HashMap<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        UUID key = rows.getObject(1, UUID.class);
        found.put(key, new StoredAnswer(key, rows.getObject(2, UUID.class), rows.getBytes(3)));
      }
    }
    return found;
  }
}
