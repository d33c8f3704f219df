package io.holdfast.server.order;

import io.holdfast.stock.Customer;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The table `orders`; the lines of an order are read and written with it, see [OrderLines].
final class Orders {
  /// The last one is the database's clock.
  static final String COLUMNS =
      """
      order_id, number, state, version, customer, reference, currency, total, placed_by, placed_at,
      expires_at, changed_at, paid_at, payment_method, payment_reference, reason, clock_timestamp()
      """;

  static final String ORDERS_READ =
      "SELECT "
          + COLUMNS
          + """
      FROM holdfast.orders
      WHERE tenant_id = ? AND order_id = ANY (?)
      """;

  /// In one order, so that nobody waits for somebody who waits.
  static final String ORDERS_LOCK =
      "SELECT "
          + COLUMNS
          + """
      FROM holdfast.orders
      WHERE tenant_id = ? AND order_id = ANY (?)
      ORDER BY order_id
      FOR UPDATE
      """;

  static final String ORDERS_NAMED =
      """
      SELECT order_id FROM holdfast.orders WHERE tenant_id = ? AND order_id = ANY (?)
      """;

  static final String ORDERS_INSERT =
      """
      INSERT INTO holdfast.orders
          (tenant_id, order_id, number, state, version, customer, reference, currency, total,
           placed_by, placed_at, expires_at, changed_at)
      SELECT ?, u.order_id, u.number, 'placed', 1, u.customer, u.reference, u.currency, u.total,
          u.placed_by, u.placed_at, u.expires_at, u.placed_at
      FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
              ?::timestamptz[], ?::timestamptz[])
          AS u (order_id, number, customer, reference, currency, total, placed_by, placed_at,
              expires_at)
      """;

  static final String ORDERS_UPDATE =
      """
      UPDATE holdfast.orders o
      SET state = u.state, version = u.version, changed_at = u.changed_at, paid_at = u.paid_at,
          payment_method = u.payment_method, payment_reference = u.payment_reference,
          reason = u.reason
      FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::text[],
              ?::text[], ?::text[])
          AS u (order_id, state, version, changed_at, paid_at, payment_method, payment_reference,
              reason)
      WHERE o.tenant_id = ? AND o.order_id = u.order_id
      """;

  /// Numbers have none of the characters that come after a tilde, so that all that begin so are in
  /// between.
  static final String LARGEST_COUNT =
      """
      SELECT coalesce(max(found.count::bigint), 0)
      FROM (
          SELECT substr(number, length(b.before) + 1,
              greatest(0, length(number) - length(b.before) - length(b.after))) AS count
          FROM holdfast.orders
          CROSS JOIN (SELECT ?::text COLLATE "C" AS before, ?::text COLLATE "C" AS after) b
          WHERE tenant_id = ? AND number >= b.before AND number < b.before || '~'
              AND right(number, length(b.after)) = b.after) found
      WHERE found.count ~ '^[0-9]{1,18}$'
      """;

  private Orders() {}

  /// The largest count between the two texts in a number that an order has; 0 if there is none.
  static long largestCount(Connection transaction, TenantId tenant, String before, String after)
      throws SQLException {
    try (PreparedStatement read = transaction.prepareStatement(LARGEST_COUNT)) {
      read.setString(1, before);
      read.setString(2, after);
      read.setLong(3, tenant.value());
      try (ResultSet row = read.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /// An order as it was read.
  ///
  /// @param now by the database's clock
  /// @param isPaidLate whether an order that has expired can still be paid
  record Found(Order order, Instant now, boolean isPaidLate) {
    OrderState state() {
      return order.stateAt(now);
    }

    /// What may be done with it.
    List<OrderStep> steps() {
      OrderState state = state();
      return state == OrderState.EXPIRED && !isPaidLate ? List.of() : state.steps();
    }
  }

  static Optional<Found> find(Connection transaction, TenantId tenant, ReservationId id)
      throws SQLException {
    return read(transaction, tenant, List.of(id)).stream().findFirst();
  }

  /// Those of them that there are, in no order.
  static List<Found> read(Connection transaction, TenantId tenant, List<ReservationId> ids)
      throws SQLException {
    return read(transaction, tenant, ORDERS_READ, ids);
  }

  /// Nobody else changes it until the transaction ends.
  static Optional<Found> lock(Connection transaction, TenantId tenant, ReservationId id)
      throws SQLException {
    return lock(transaction, tenant, List.of(id)).stream().findFirst();
  }

  static List<Found> lock(Connection transaction, TenantId tenant, List<ReservationId> ids)
      throws SQLException {
    return read(transaction, tenant, ORDERS_LOCK, ids);
  }

  /// Which of the reservations are those of orders.
  static List<ReservationId> named(
      Connection transaction, TenantId tenant, Collection<ReservationId> ids) throws SQLException {
    List<ReservationId> named = new ArrayList<>();
    try (PreparedStatement read = transaction.prepareStatement(ORDERS_NAMED)) {
      read.setLong(1, tenant.value());
      read.setArray(2, transaction.createArrayOf("uuid", uuids(ids)));
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          named.add(new ReservationId(rows.getObject(1, UUID.class)));
        }
      }
    }
    return named;
  }

  private static List<Found> read(
      Connection transaction, TenantId tenant, String query, List<ReservationId> ids)
      throws SQLException {
    try (PreparedStatement read = transaction.prepareStatement(query)) {
      read.setLong(1, tenant.value());
      read.setArray(2, transaction.createArrayOf("uuid", uuids(ids)));
      return found(transaction, tenant, read);
    }
  }

  /// @param query that answers [#COLUMNS]
  static List<Found> found(Connection transaction, TenantId tenant, PreparedStatement query)
      throws SQLException {
    List<Order> orders = new ArrayList<>();
    Instant now = Instant.MIN;
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        orders.add(withoutLines(rows));
        now = instant(rows, 17);
      }
    }
    if (orders.isEmpty()) {
      return List.of();
    }
    Map<ReservationId, List<OrderLine>> lines =
        OrderLines.read(transaction, tenant, uuids(orders.stream().map(Order::id).toList()));
    boolean isPaidLate = isAnyExpired(orders, now) && reservesAgain(transaction, tenant);
    List<Found> found = new ArrayList<>(orders.size());
    for (Order order : orders) {
      found.add(new Found(with(order, lines.getOrDefault(order.id(), List.of())), now, isPaidLate));
    }
    return found;
  }

  private static boolean isAnyExpired(List<Order> orders, Instant now) {
    return orders.stream().anyMatch(order -> order.stateAt(now) == OrderState.EXPIRED);
  }

  private static boolean reservesAgain(Connection transaction, TenantId tenant)
      throws SQLException {
    return StockRegister.create().policy(transaction, tenant).policy().expiredCommit()
        == StockPolicy.ExpiredCommit.RESERVE_AGAIN;
  }

  private static Order with(Order order, List<OrderLine> lines) {
    return new Order(
        order.id(),
        order.terms(),
        order.state(),
        order.version(),
        order.changedAt(),
        order.payment(),
        order.reason(),
        lines);
  }

  private static Order withoutLines(ResultSet row) throws SQLException {
    String customer = row.getString(5);
    Order.Terms terms =
        new Order.Terms(
            row.getString(2),
            customer == null ? null : new Customer(customer),
            row.getString(6),
            row.getString(7),
            row.getLong(8),
            row.getString(9),
            instant(row, 10),
            instant(row, 11));
    String method = row.getString(14);
    Payment payment =
        method == null
            ? null
            : new Payment(Payment.Method.ofCode(method), row.getString(15), instant(row, 13));
    return new Order(
        new ReservationId(row.getObject(1, UUID.class)),
        terms,
        OrderState.ofCode(row.getString(3)),
        row.getLong(4),
        instant(row, 12),
        payment,
        row.getString(16),
        List.of());
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /// Their lines are added by [OrderLines].
  ///
  /// @param orders that were placed, none of them there yet
  static void add(Connection transaction, TenantId tenant, List<Order> orders) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(ORDERS_INSERT)) {
      Columns<Order> columns = new Columns<>(transaction, insert, orders);
      insert.setLong(1, tenant.value());
      columns.set(2, "uuid", order -> order.id().value());
      columns.set(3, "text", order -> order.terms().number());
      columns.set(4, "text", Orders::customer);
      columns.set(5, "text", order -> order.terms().reference());
      columns.set(6, "text", order -> order.terms().currency());
      columns.set(7, "bigint", order -> order.terms().total());
      columns.set(8, "text", order -> order.terms().placedBy());
      columns.set(9, "timestamptz", order -> order.terms().placedAt());
      columns.set(10, "timestamptz", order -> order.terms().expiresAt());
      insert.executeUpdate();
    }
  }

  private static @Nullable String customer(Order order) {
    Customer customer = order.terms().customer();
    return customer == null ? null : customer.reference();
  }

  /// @param orders that are locked
  static void change(Connection transaction, TenantId tenant, List<Order> orders)
      throws SQLException {
    if (orders.isEmpty()) {
      return;
    }
    try (PreparedStatement update = transaction.prepareStatement(ORDERS_UPDATE)) {
      Columns<Order> columns = new Columns<>(transaction, update, orders);
      columns.set(1, "uuid", order -> order.id().value());
      columns.set(2, "text", order -> order.state().code());
      columns.set(3, "bigint", Order::version);
      columns.set(4, "timestamptz", Order::changedAt);
      columns.set(5, "timestamptz", of(Payment::at));
      columns.set(6, "text", of(payment -> payment.method().code()));
      columns.set(7, "text", of(Payment::reference));
      columns.set(8, "text", Order::reason);
      update.setLong(9, tenant.value());
      update.executeUpdate();
    }
    Map<ReservationId, List<OrderLine>> lines = HashMap.newHashMap(orders.size());
    orders.forEach(order -> lines.put(order.id(), order.lines()));
    OrderLines.change(transaction, tenant, lines);
  }

  private static Function<Order, @Nullable Object> of(Function<Payment, @Nullable Object> member) {
    return order -> order.payment() == null ? null : member.apply(order.payment());
  }

  private static UUID[] uuids(Collection<ReservationId> ids) {
    return ids.stream().map(ReservationId::value).distinct().toArray(UUID[]::new);
  }
}
