package io.holdfast.server.once;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// The table `request_answers`.
final class KeptAnswers {
  /// Until the transaction ends, so that two requests with one key, or about one thing, come one
  /// after the other. Half of the key is enough: others that share it wait for each other, and that
  /// is all.
  static final String KEY_LOCK =
      """
      SELECT pg_advisory_xact_lock(?)
      """;

  static final String ANSWER_FIND =
      """
      SELECT request_fingerprint, status, address, version, body
      FROM holdfast.request_answers
      WHERE tenant_id = ? AND request_key = ?
      """;

  static final String ANSWER_INSERT =
      """
      INSERT INTO holdfast.request_answers
          (tenant_id, request_key, request_fingerprint, status, address, version, body)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final RowMapper<Kept> KEPT =
      (row, _) ->
          new Kept(
              row.getObject(1, UUID.class),
              new GivenAnswer(
                  row.getInt(2), row.getString(3), row.getObject(4, Long.class), row.getBytes(5)));

  private KeptAnswers() {}

  /// A row.
  record Kept(UUID fingerprint, GivenAnswer answer) {}

  static void lock(Handle handle, UUID key) {
    handle.createQuery(KEY_LOCK).bind(0, key.getMostSignificantBits()).map((_, _) -> true).one();
  }

  static Optional<Kept> find(Handle handle, TenantId tenant, UUID key) {
    return handle.createQuery(ANSWER_FIND).bind(0, tenant.value()).bind(1, key).map(KEPT).findOne();
  }

  static void add(Handle handle, TenantId tenant, KeyedRequest request, GivenAnswer answer) {
    handle.execute(ANSWER_INSERT, values(tenant, request, answer));
  }

  /// The same for who has no handle.
  static void addAll(Connection transaction, TenantId tenant, List<KeyedRequest.Answered> answers)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(ANSWER_INSERT)) {
      for (KeyedRequest.Answered answered : answers) {
        @Nullable Object[] values = values(tenant, answered.request(), answered.answer());
        for (int i = 0; i < values.length; i++) {
          insert.setObject(i + 1, values[i]);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static @Nullable Object[] values(
      TenantId tenant, KeyedRequest request, GivenAnswer answer) {
    return new @Nullable Object[] {
      tenant.value(),
      request.key(),
      request.fingerprint(),
      answer.status(),
      answer.address(),
      answer.version(),
      answer.body()
    };
  }
}
