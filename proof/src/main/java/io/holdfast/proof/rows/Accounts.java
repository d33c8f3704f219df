package io.holdfast.proof.rows;

import io.holdfast.proof.registration.AccountRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The accounts that a run left behind, found by what is part of each of its names.
public final class Accounts {

  private static final String ACCOUNT_SELECT =
      """
      SELECT u.username, u.username_key,
             (SELECT count(*) FROM holdfast.user_passwords p
              WHERE p.tenant_id = u.tenant_id AND p.user_id = u.user_id) AS passwords,
             (SELECT count(*) FROM holdfast.memberships m
              WHERE m.tenant_id = u.tenant_id AND m.user_id = u.user_id) AS roles
      FROM holdfast.users u
      WHERE u.tenant_id = ? AND right(u.username, length(?)) = ?
      ORDER BY u.user_id
      """;

  private Accounts() {}

  public static List<AccountRow> of(Database database, String tag) throws SQLException {
    List<AccountRow> accounts = new ArrayList<>();
    try (TenantSession session = database.connectToTenantOfUser(tag);
        PreparedStatement find = session.connection().prepareStatement(ACCOUNT_SELECT)) {
      find.setLong(1, session.tenantId());
      find.setString(2, tag);
      find.setString(3, tag);
      try (ResultSet row = find.executeQuery()) {
        while (row.next()) {
          accounts.add(
              new AccountRow(
                  row.getString("username"),
                  row.getString("username_key"),
                  row.getLong("passwords"),
                  row.getLong("roles")));
        }
      }
    }
    return accounts;
  }
}
