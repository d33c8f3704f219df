package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds the rows of one table, and of its archive, against the seals that they carry, page after
/// page in the order of its key; rows of one key, of which the archive may have several, are in one
/// page. A statement answers each row of a page: its key; the seal that its columns have, or null
/// where that is the one it carries; and the one it carries.
public final class SealCheck {
  public static final String ITEMS_PAGE =
      """
      SELECT i.sku, holdfast.item_seal(i.tenant_id, i.sku, i.tracked, i.created_at), i.seal
      FROM holdfast.items i
      WHERE i.tenant_id = ? AND i.sku > ?
      ORDER BY i.sku FETCH FIRST ? ROWS WITH TIES""";

  public static final String LOCATIONS_PAGE =
      """
      SELECT l.location, holdfast.location_seal(l), l.seal
      FROM holdfast.locations l
      WHERE l.tenant_id = ? AND l.location > ?
      ORDER BY l.location FETCH FIRST ? ROWS WITH TIES""";

  public static final String POLICY_PAGE =
      """
      SELECT 'policy', holdfast.policy_seal(p), p.seal
      FROM holdfast.stock_policies p
      WHERE p.tenant_id = ? AND 'policy' > ?
      LIMIT ?""";

  public static final String RETENTION_PAGE =
      """
      SELECT 'retention', holdfast.retention_seal(p), p.seal
      FROM holdfast.retentions p
      WHERE p.tenant_id = ? AND 'retention' > ?
      LIMIT ?""";

  public static final String LIMITS_PAGE =
      """
      SELECT l.sku, holdfast.limit_seal(l), l.seal
      FROM holdfast.purchase_limits l
      WHERE l.tenant_id = ? AND l.sku > ?
      ORDER BY l.sku FETCH FIRST ? ROWS WITH TIES""";

  public static final String TALLIES_PAGE =
      """
      SELECT t.customer,
          holdfast.tally_seal(t.tenant_id, t.version, t.customer, t.held, t.claimed_by,
              t.claimed_skus, t.claimed_units, t.claimed_micros),
          t.seal
      FROM holdfast.customer_tallies t
      WHERE t.tenant_id = ? AND t.customer > ?
      ORDER BY t.customer FETCH FIRST ? ROWS WITH TIES""";

  public static final String QUARANTINES_PAGE =
      """
      SELECT n.name,
          holdfast.quarantine_seal(q.tenant_id, q.on_hand, q.reserved, q.safety_stock,
              q.version, q.released_version, q.quarantined_at, q.released_at, q.sku,
              q.location, q.reason, q.released_by, q.release_reason),
          q.seal
      FROM holdfast.quarantines q,
      LATERAL (
          SELECT concat_ws('/', q.sku, q.location, extract(epoch FROM q.quarantined_at))
              AS name) n
      WHERE q.tenant_id = ? AND n.name > ?
      ORDER BY n.name FETCH FIRST ? ROWS WITH TIES""";

  public static final String ANSWERS_PAGE =
      """
      SELECT k.request_key,
          holdfast.answer_seal(k.tenant_id, k.request_key, k.request_fingerprint,
              k.answered_at, k.answer),
          k.seal
      FROM (TABLE holdfast.idempotency_keys UNION ALL TABLE holdfast.archived_keys) k
      WHERE k.tenant_id = ? AND k.request_key > ?::uuid
      ORDER BY k.request_key FETCH FIRST ? ROWS WITH TIES""";

  /// A reservation has the seal of its columns as they stand; or, when it was ended and nothing was
  /// done to it since, that of its columns as they were until then, with its end added.
  public static final String RESERVATIONS_PAGE =
      """
      SELECT r.reservation_id,
          CASE WHEN r.seal IS DISTINCT FROM r.written AND r.ended_at IS NOT NULL
                  AND r.seal = holdfast.seal_of(
                      holdfast.reservation_seal(r.tenant_id, r.reservation_id, r.version - 1,
                          r.request_key, r.request_fingerprint, r.created_at, r.expires_at, NULL,
                          r.changed_at, 'held', r.actor, r.customer, r.skus, r.locations,
                          r.quantities, r.returned, r.answer)
                      || holdfast.seal_text(r.state) || holdfast.seal_instant(r.ended_at))
              THEN r.seal ELSE r.written END,
          r.seal
      FROM (
          SELECT v.*, holdfast.reservation_seal(v.tenant_id, v.reservation_id, v.version,
              v.request_key, v.request_fingerprint, v.created_at, v.expires_at, v.ended_at,
              v.changed_at, v.state, v.actor, v.customer, v.skus, v.locations,
              v.quantities, v.returned, v.answer) AS written
          FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) v
          WHERE v.tenant_id = ? AND v.reservation_id > ?::uuid
          ORDER BY v.reservation_id FETCH FIRST ? ROWS WITH TIES) r""";

  private static final int PAGE_ROWS = 5_000;
  private static final UUID FIRST_ID = new UUID(0, 0);

  private final String check;
  private final String page;
  private String cursor;

  private SealCheck(String check, String page, String first) {
    this.check = check;
    this.page = page;
    this.cursor = first;
  }

  /// One for each table whose rows carry seals.
  public static List<SealCheck> ofAllTables() {
    return List.of(
        new SealCheck("item.seal", ITEMS_PAGE, ""),
        new SealCheck("location.seal", LOCATIONS_PAGE, ""),
        new SealCheck("stock_policy.seal", POLICY_PAGE, ""),
        new SealCheck("retention.seal", RETENTION_PAGE, ""),
        new SealCheck("purchase_limit.seal", LIMITS_PAGE, ""),
        new SealCheck("customer_tally.seal", TALLIES_PAGE, ""),
        new SealCheck("quarantine.seal", QUARANTINES_PAGE, ""),
        new SealCheck("reservation.seal", RESERVATIONS_PAGE, FIRST_ID.toString()),
        new SealCheck("idempotency_key.seal", ANSWERS_PAGE, FIRST_ID.toString()));
  }

  static List<Difference> differences(Connection snapshot, TenantId tenant) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    for (SealCheck check : ofAllTables()) {
      boolean isMore = true;
      while (isMore) {
        isMore = check.step(snapshot, tenant, PAGE_ROWS, differences::add);
      }
    }
    return differences;
  }

  /// Looks at the next rows. Answers whether there may be more.
  public boolean step(Connection snapshot, TenantId tenant, int rows, Consumer<Difference> found)
      throws SQLException {
    int seen = 0;
    try (PreparedStatement statement = snapshot.prepareStatement(page)) {
      statement.setLong(1, tenant.value());
      statement.setString(2, cursor);
      statement.setInt(3, rows);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          seen++;
          cursor = row.getString(1);
          compare(row.getBytes(2), row.getBytes(3), found);
        }
      }
    }
    return seen >= rows;
  }

  private void compare(byte[] expected, byte @Nullable [] seal, Consumer<Difference> found) {
    if (!Arrays.equals(expected, seal)) {
      HexFormat hex = HexFormat.of();
      String carried = seal == null ? "none" : hex.formatHex(seal);
      found.accept(new Difference(check, cursor, hex.formatHex(expected), carried));
    }
  }
}
