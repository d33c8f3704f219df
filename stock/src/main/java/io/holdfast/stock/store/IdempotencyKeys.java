package io.holdfast.stock.store;

import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The keys of commands that make no reservation. Those that make one are columns of it, see
/// [Reservations]: one row and one index less.
public final class IdempotencyKeys {
  public static final String KEYS_FIND =
      """
      SELECT k.request_key, r.request_fingerprint, r.answer
      FROM unnest(?::uuid[]) AS k (request_key),
      LATERAL (
          SELECT i.request_fingerprint, i.answer
          FROM holdfast.idempotency_keys i
          WHERE i.tenant_id = ? AND i.request_key = k.request_key
          OFFSET 0) r""";

  /// Rows come sorted by key; a row less than sent means that somebody else was first with a key.
  public static final String KEYS_INSERT =
      """
      INSERT INTO holdfast.idempotency_keys
          (tenant_id, request_key, request_fingerprint, answered_at, answer, seal)
      SELECT ?, k.request_key, k.request_fingerprint,
          timestamptz 'epoch' + ? * interval '1 microsecond', k.answer, k.seal
      FROM unnest(?::uuid[], ?::uuid[], ?::bytea[], ?::bytea[])
          AS k (request_key, request_fingerprint, answer, seal)
      ON CONFLICT (tenant_id, request_key) DO NOTHING""";

  /// Whether this very answer was kept; it says when it was given, to the microsecond. It may have
  /// gone into the archive since.
  public static final String ANSWER_FIND =
      """
      SELECT FROM (TABLE holdfast.idempotency_keys UNION ALL TABLE holdfast.archived_keys) k
      WHERE tenant_id = ? AND request_key = ? AND request_fingerprint = ?
          AND answer = decode(?, 'hex')""";

  private IdempotencyKeys() {}

  public static void find(RoundTrip trip, TenantId tenant, List<UUID> requestKeys) {
    trip.add(KEYS_FIND, requestKeys.toArray(UUID[]::new), tenant.value());
  }

  /// What a search for keys found, here or among the reservations.
  public static Map<UUID, StoredAnswer> found(RoundTrip trip) throws SQLException {
    return StoredAnswer.byKey(trip);
  }

  public static void findAnswer(RoundTrip trip, TenantId tenant, StoredAnswer answer) {
    trip.add(
        ANSWER_FIND,
        tenant.value(),
        answer.requestKey(),
        answer.fingerprint(),
        HexFormat.of().formatHex(answer.answer()));
  }

  public static void insert(
      RoundTrip trip, TenantId tenant, Instant answeredAt, List<StoredAnswer> answers) {
    Seals seals = new Seals();
    trip.add(
        KEYS_INSERT,
        tenant.value(),
        Transactions.micros(answeredAt),
        answers.stream().map(StoredAnswer::requestKey).toArray(UUID[]::new),
        answers.stream().map(StoredAnswer::fingerprint).toArray(UUID[]::new),
        answers.stream().map(StoredAnswer::answer).toArray(byte[][]::new),
        answers.stream()
            .map(answer -> seals.ofAnswer(tenant, answeredAt, answer))
            .toArray(byte[][]::new));
  }
}
