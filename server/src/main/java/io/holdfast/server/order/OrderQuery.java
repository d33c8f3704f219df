package io.holdfast.server.order;

import io.holdfast.server.json.AddressParameters;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.stock.ReservationPath;
import io.holdfast.stock.Customer;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import jakarta.ws.rs.core.UriInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which orders are looked for, the newest first.
///
/// @param number null: any
/// @param customer null: of anybody
/// @param state null: any
/// @param after the last one that was seen; null: from the newest on
record OrderQuery(
    @Nullable String number,
    @Nullable Customer customer,
    @Nullable OrderState state,
    @Nullable ReservationId after,
    int limit) {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;

  /// By its number there is one at most.
  static final String ORDERS_NUMBERED =
      "SELECT "
          + Orders.COLUMNS
          + """
      FROM holdfast.orders
      WHERE tenant_id = ?
          AND order_id < ?
          AND state = coalesce(?, state)
          AND (expires_at <= statement_timestamp())
              = coalesce(?, expires_at <= statement_timestamp())
          AND number = ?
          AND customer IS NOT DISTINCT FROM coalesce(?, customer)
      ORDER BY order_id DESC
      LIMIT ?
      """;

  /// Each condition is one that all rows meet, where it is not asked for. An expired order is one
  /// that was only placed.
  static final String ORDERS_NEWEST =
      "SELECT "
          + Orders.COLUMNS
          + """
      FROM holdfast.orders
      WHERE tenant_id = ?
          AND order_id < ?
          AND state = coalesce(?, state)
          AND (expires_at <= statement_timestamp())
              = coalesce(?, expires_at <= statement_timestamp())
      ORDER BY order_id DESC
      LIMIT ?
      """;

  static final String ORDERS_OF_CUSTOMER =
      "SELECT "
          + Orders.COLUMNS
          + """
      FROM holdfast.orders
      WHERE tenant_id = ?
          AND order_id < ?
          AND state = coalesce(?, state)
          AND (expires_at <= statement_timestamp())
              = coalesce(?, expires_at <= statement_timestamp())
          AND customer = ?
      ORDER BY order_id DESC
      LIMIT ?
      """;

  /// By the index of those that somebody has to do something about.
  static final String ORDERS_UNDER_WAY =
      "SELECT "
          + Orders.COLUMNS
          + """
      FROM holdfast.orders
      WHERE tenant_id = ?
          AND order_id < ?
          AND state = ?
          AND (expires_at <= statement_timestamp())
              = coalesce(?, expires_at <= statement_timestamp())
          AND state IN ('placed', 'paid', 'partly_fulfilled')
      ORDER BY order_id DESC
      LIMIT ?
      """;

  private static final Set<String> NAMES = Set.of("number", "customer", "state", "after", "limit");
  private static final UUID LAST = new UUID(-1, -1);

  static OrderQuery of(UriInfo address) {
    AddressParameters parameters = new AddressParameters(address, NAMES);
    return new OrderQuery(
        parameters.text("number"),
        customer(parameters.text("customer")),
        state(parameters.text("state")),
        after(parameters.text("after")),
        parameters.limit(DEFAULT_LIMIT, MAX_LIMIT));
  }

  private static @Nullable Customer customer(@Nullable String reference) {
    try {
      return reference == null ? null : new Customer(reference);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember("customer", String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable OrderState state(@Nullable String code) {
    return code == null
        ? null
        : OrderState.find(code)
            .orElseThrow(() -> new InvalidMember("state", "must be one of " + states()));
  }

  private static String states() {
    return Arrays.stream(OrderState.values())
        .map(OrderState::code)
        .collect(Collectors.joining(", "));
  }

  private static @Nullable ReservationId after(@Nullable String id) {
    try {
      return id == null ? null : ReservationPath.parsed(id);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember("after", "is not a cursor that was given out here");
    }
  }

  /// The same of one customer alone.
  OrderQuery onlyOf(@Nullable Customer own) {
    return own == null ? this : new OrderQuery(number, own, state, after, limit);
  }

  /// One more than the limit, if there are more.
  List<Orders.Found> found(Connection transaction, TenantId tenant) throws SQLException {
    if (number != null) {
      return found(transaction, tenant, ORDERS_NUMBERED);
    }
    if (customer != null) {
      return found(transaction, tenant, ORDERS_OF_CUSTOMER);
    }
    return state != null && state.isUnderWay()
        ? found(transaction, tenant, ORDERS_UNDER_WAY)
        : found(transaction, tenant, ORDERS_NEWEST);
  }

  private List<Orders.Found> found(Connection transaction, TenantId tenant, String text)
      throws SQLException {
    try (PreparedStatement query = transaction.prepareStatement(text)) {
      query.setLong(1, tenant.value());
      query.setObject(2, after == null ? LAST : after.value());
      query.setString(3, stored());
      query.setObject(4, isLate(), Types.BOOLEAN);
      int next = 5;
      if (number != null) {
        query.setString(next++, number);
      }
      if (number != null || customer != null) {
        query.setString(next++, customer == null ? null : customer.reference());
      }
      query.setInt(next, limit + 1);
      return Orders.found(transaction, tenant, query);
    }
  }

  private @Nullable String stored() {
    if (state == null) {
      return null;
    }
    return state == OrderState.EXPIRED ? OrderState.PLACED.code() : state.code();
  }

  private @Nullable Boolean isLate() {
    if (state == OrderState.EXPIRED) {
      return true;
    }
    return state == OrderState.PLACED ? false : null;
  }
}
