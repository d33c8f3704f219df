package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Holds what counts for customers against their reservations.
public final class TallyCheck {
  /// What counts as held against what is.
  public static final String HELD_COMPARE =
      """
      SELECT concat_ws(' ', t.customer, h.id), 'held for ' || t.customer,
          coalesce(r.state || ' for ' || coalesce(r.customer, 'nobody'), 'no reservation')
      FROM holdfast.customer_tallies t
      CROSS JOIN unnest(t.held) AS h (id)
      LEFT JOIN (SELECT * FROM holdfast.reservations WHERE tenant_id = ?) r
          ON r.reservation_id = h.id
      WHERE t.tenant_id = ?
          AND (r.state, r.customer) IS DISTINCT FROM ('held'::text, t.customer)""";

  /// What counts as claimed against what the reservation has and has not given back.
  public static final String CLAIMED_COMPARE =
      """
      SELECT concat_ws(' ', t.customer, c.id, c.sku), c.units,
          CASE WHEN r.state IN ('held', 'committed') AND r.customer = t.customer THEN (
              SELECT sum(line.quantity - coalesce(line.returned, 0))
              FROM unnest(r.skus, r.quantities, r.returned) AS line (sku, quantity, returned)
              WHERE line.sku = c.sku) END
      FROM holdfast.customer_tallies t
      CROSS JOIN unnest(t.claimed_by, t.claimed_skus, t.claimed_units) AS c (id, sku, units)
      LEFT JOIN (SELECT * FROM holdfast.reservations WHERE tenant_id = ?) r
          ON r.reservation_id = c.id
      WHERE t.tenant_id = ?
          AND c.units IS DISTINCT FROM CASE
              WHEN r.state IN ('held', 'committed') AND r.customer = t.customer THEN (
                  SELECT sum(line.quantity - coalesce(line.returned, 0))
                  FROM unnest(r.skus, r.quantities, r.returned) AS line (sku, quantity, returned)
                  WHERE line.sku = c.sku) END""";

  private TallyCheck() {}

  static List<Difference> differences(Connection connection, TenantId tenant) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    differences.addAll(
        new Comparison("what counts as held is held", HELD_COMPARE)
            .differences(connection, tenant));
    differences.addAll(
        new Comparison("what counts as claimed is reserved or sold", CLAIMED_COMPARE)
            .differences(connection, tenant));
    return differences;
  }
}
