package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds what counts for customers against their reservations, customer after customer: a tally and
/// the reservations that it names are looked at together.
public final class TallyCheck implements PagedCheck {
  /// Each customer of a page, and what is not so: what counts as held and is not, and what counts
  /// as claimed and is not what the reservation has and has not given back.
  public static final String TALLIES_COMPARE =
      """
      SELECT t.customer, d.check_name, d.row_name, d.expected, d.found
      FROM (
          SELECT p.customer, p.held, p.claimed_by, p.claimed_skus, p.claimed_units
          FROM holdfast.customer_tallies p
          WHERE p.tenant_id = ? AND p.customer > ?
          ORDER BY p.customer LIMIT ?) t
      LEFT JOIN LATERAL (
          SELECT 'what counts as held is held' AS check_name,
              concat_ws(' ', t.customer, h.id) AS row_name,
              'held for ' || t.customer AS expected,
              coalesce(r.state || ' for ' || coalesce(r.customer, 'nobody'), 'no reservation')
                  AS found
          FROM unnest(t.held) AS h (id)
          LEFT JOIN LATERAL (
              SELECT v.state, v.customer
              FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) v
              WHERE v.tenant_id = ? AND v.reservation_id = h.id
              OFFSET 0) r ON true
          WHERE (r.state, r.customer) IS DISTINCT FROM ('held'::text, t.customer)
          UNION ALL
          SELECT 'what counts as claimed is reserved or sold',
              concat_ws(' ', t.customer, c.id, c.sku), c.units::text, r.units::text
          FROM unnest(t.claimed_by, t.claimed_skus, t.claimed_units) AS c (id, sku, units)
          LEFT JOIN LATERAL (
              SELECT sum(line.quantity - coalesce(line.returned, 0)) AS units
              FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) v
              CROSS JOIN unnest(v.skus, v.quantities, v.returned)
                  AS line (sku, quantity, returned)
              WHERE v.tenant_id = ? AND v.reservation_id = c.id
                  AND v.state IN ('held', 'committed') AND v.customer = t.customer
                  AND line.sku = c.sku) r ON true
          WHERE c.units IS DISTINCT FROM r.units) d ON true
      ORDER BY t.customer""";

  private static final int PAGE_CUSTOMERS = 1_000;

  private final TenantId tenant;
  private final int customers;
  private final Consumer<Difference> found;
  private String cursor = "";

  /// @param customers that a step looks at
  public TallyCheck(TenantId tenant, int customers, Consumer<Difference> found) {
    this.tenant = tenant;
    this.customers = customers;
    this.found = found;
  }

  static List<Difference> differences(Connection connection, TenantId tenant) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    PagedCheck.all(new TallyCheck(tenant, PAGE_CUSTOMERS, differences::add), connection);
    return differences;
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    int seen = 0;
    try (PreparedStatement statement = snapshot.prepareStatement(TALLIES_COMPARE)) {
      statement.setLong(1, tenant.value());
      statement.setString(2, cursor);
      statement.setInt(3, customers);
      statement.setLong(4, tenant.value());
      statement.setLong(5, tenant.value());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          seen += take(row.getString(1), row.getString(2), row);
        }
      }
    }
    return seen == customers;
  }

  /// Answers 1 for a customer who was not seen before.
  private int take(String customer, @Nullable String check, ResultSet row) throws SQLException {
    if (check != null) {
      String is = Objects.requireNonNullElse(row.getString(5), "none");
      found.accept(new Difference(check, row.getString(3), row.getString(4), is));
    }
    int isNew = customer.equals(cursor) ? 0 : 1;
    cursor = customer;
    return isNew;
  }
}
