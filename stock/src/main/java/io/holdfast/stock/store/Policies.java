package io.holdfast.stock.store;

import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockPolicy.ExpiredCommit;
import io.holdfast.stock.StockPolicyView;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The table of what tenants have chosen.
public final class Policies {
  public static final String POLICY_READ =
      """
      SELECT expired_commit, held_reservations_max, version
      FROM holdfast.stock_policies WHERE tenant_id = ?""";

  /// A tenant that has no row yet is at version 0. If it is no longer at the version that was seen,
  /// or not yet, nothing is written, and the count tells.
  public static final String POLICY_WRITE =
      """
      INSERT INTO holdfast.stock_policies AS p
          (tenant_id, expired_commit, held_reservations_max, counts_customers, version)
      SELECT ?, ?, ?::bigint, ?::boolean, 1
      WHERE coalesce(?::bigint, 0) = 0
          OR EXISTS (SELECT FROM holdfast.stock_policies WHERE tenant_id = ?)
      ON CONFLICT (tenant_id) DO UPDATE
      SET expired_commit = excluded.expired_commit,
          held_reservations_max = excluded.held_reservations_max,
          counts_customers = p.counts_customers OR excluded.counts_customers,
          version = p.version + 1
      WHERE p.version = coalesce(?::bigint, p.version)""";

  /// From then on. What was counted once has to be seen to when the reservation ends.
  public static final String CUSTOMERS_COUNT =
      """
      INSERT INTO holdfast.stock_policies AS p (tenant_id, counts_customers) VALUES (?, true)
      ON CONFLICT (tenant_id) DO UPDATE SET counts_customers = true""";

  public static final String LIMIT_WRITE =
      """
      INSERT INTO holdfast.purchase_limits AS l (tenant_id, sku, max_quantity, window_seconds)
      SELECT i.tenant_id, i.sku, ?, ? FROM holdfast.items i
      WHERE i.tenant_id = ? AND i.sku = ?
          AND (coalesce(?::bigint, 0) = 0
              OR EXISTS (SELECT FROM holdfast.purchase_limits e
                  WHERE e.tenant_id = i.tenant_id AND e.sku = i.sku))
      ON CONFLICT (tenant_id, sku) DO UPDATE
      SET max_quantity = excluded.max_quantity, window_seconds = excluded.window_seconds,
          version = l.version + 1
      WHERE l.version = coalesce(?::bigint, l.version)""";

  public static final String POLICY_SEAL =
      """
      UPDATE holdfast.stock_policies p SET seal = holdfast.policy_seal(p) WHERE p.tenant_id = ?""";

  public static final String LIMIT_SEAL =
      """
      UPDATE holdfast.purchase_limits l SET seal = holdfast.limit_seal(l)
      WHERE l.tenant_id = ? AND l.sku = ?""";

  public static final String LIMIT_DELETE =
      """
      DELETE FROM holdfast.purchase_limits
      WHERE tenant_id = ? AND sku = ? AND version = coalesce(?::bigint, version)""";

  public static final String LIMIT_READ =
      """
      SELECT max_quantity, window_seconds, version
      FROM holdfast.purchase_limits WHERE tenant_id = ? AND sku = ?""";

  private Policies() {}

  public static void read(RoundTrip trip, TenantId tenant) {
    trip.add(POLICY_READ, tenant.value());
  }

  public static StockPolicy policy(RoundTrip trip) throws SQLException {
    return view(trip).policy();
  }

  static StockPolicyView view(RoundTrip trip) throws SQLException {
    try (ResultSet rows = trip.rows()) {
      if (!rows.next()) {
        return new StockPolicyView(StockPolicy.USUAL, 0);
      }
      long max = rows.getLong(2);
      Long heldMax = rows.wasNull() ? null : max;
      return new StockPolicyView(
          new StockPolicy(expiredCommit(rows.getString(1)), heldMax), rows.getLong(3));
    }
  }

  private static ExpiredCommit expiredCommit(String code) {
    return ExpiredCommit.ofCode(code)
        .orElseThrow(() -> new IllegalStateException("no way to treat late commits: " + code));
  }

  /// @param seenVersion null: any
  static void write(
      RoundTrip trip, TenantId tenant, StockPolicy policy, @Nullable Long seenVersion) {
    Long heldMax = policy.heldReservationsMax();
    trip.add(
        POLICY_WRITE,
        tenant.value(),
        policy.expiredCommit().code(),
        heldMax,
        Boolean.toString(heldMax != null),
        seenVersion,
        tenant.value(),
        seenVersion);
  }
}
