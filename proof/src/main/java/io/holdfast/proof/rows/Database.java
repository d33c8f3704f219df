package io.holdfast.proof.rows;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;

/// The shop's database, for looking only.
public record Database(String url) {

  private static final String ITEM_TENANT =
      "SELECT tenant_id FROM holdfast.items WHERE sku = ? ORDER BY tenant_id LIMIT 1";
  private static final String USER_TENANT =
      """
      SELECT tenant_id FROM holdfast.users
      WHERE starts_with(reverse(username), reverse(?)) ORDER BY tenant_id LIMIT 1
      """;
  private static final String TENANT_IDS =
      "SELECT tenant_id FROM holdfast.tenant_ids() AS ids(tenant_id)";
  private static final String TENANT_SET = "SELECT set_config('holdfast.tenant_id', ?, false)";

  /// Takes `jdbc:postgresql://...` and `postgresql://user:password@host:port/name`.
  public Connection connect() throws SQLException {
    Properties login = new Properties();
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "60");
    login.setProperty("ApplicationName", "holdfast-prove");
    if (url.startsWith("jdbc:")) {
      return DriverManager.getConnection(url, login);
    }
    URI uri = URI.create(url);
    String[] user =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    if (user.length > 0) {
      login.setProperty("user", decoded(user[0]));
    }
    if (user.length > 1) {
      login.setProperty("password", decoded(user[1]));
    }
    int port = uri.getPort() > 0 ? uri.getPort() : 5432;
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return DriverManager.getConnection(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query, login);
  }

  /// Connects and shows the session the rows of the tenant that has the item.
  ///
  /// @throws SQLException also if no tenant has it
  public TenantSession connectToTenantOf(String sku) throws SQLException {
    return connectToTenant(ITEM_TENANT, sku);
  }

  /// The same of the tenant with a user whose name ends so.
  public TenantSession connectToTenantOfUser(String ending) throws SQLException {
    return connectToTenant(USER_TENANT, ending);
  }

  private TenantSession connectToTenant(String select, String what) throws SQLException {
    Connection connection = connect();
    try {
      OptionalLong visible = tenantOf(connection, select, what);
      if (visible.isPresent()) {
        return session(connection, visible.getAsLong());
      }
      for (long tenant : tenants(connection)) {
        TenantSession session = session(connection, tenant);
        if (tenantOf(connection, select, what).isPresent()) {
          return session;
        }
      }
      throw new SQLException("no tenant of this database has " + what);
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  private static TenantSession session(Connection connection, long tenant) throws SQLException {
    try (PreparedStatement set = connection.prepareStatement(TENANT_SET)) {
      set.setString(1, Long.toString(tenant));
      set.execute();
    }
    return new TenantSession(connection, tenant);
  }

  private static OptionalLong tenantOf(Connection connection, String select, String what)
      throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(select)) {
      find.setString(1, what);
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private static List<Long> tenants(Connection connection) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement find = connection.prepareStatement(TENANT_IDS);
        ResultSet row = find.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
