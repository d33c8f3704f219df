package io.holdfast.server.account;

import io.holdfast.server.account.Users.Account;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.stock.TenantId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `oidc_identities`: which account somebody has whom a provider vouches for.
final class OidcIdentities {
  /// Newcomers of a tenant come one after the other, until the transaction ends: what was looked
  /// for and not there, an account or an identity, is not there when it is made.
  static final String NEWCOMERS_LOCK =
      """
      SELECT pg_advisory_xact_lock(?)
      """;

  static final String IDENTITY_USER =
      """
      SELECT user_id FROM holdfast.oidc_identities
      WHERE tenant_id = ? AND issuer = ? AND subject = ?
      """;

  static final String IDENTITY_INSERT =
      """
      INSERT INTO holdfast.oidc_identities (tenant_id, issuer, subject, user_id)
      VALUES (?, ?, ?, ?)
      """;

  /// An account that the same provider has vouched for already is somebody else's.
  static final String ACCOUNTS_WITH_EMAIL =
      """
      SELECT u.user_id, p.password_hash
      FROM holdfast.users u
      JOIN holdfast.user_passwords p ON p.tenant_id = u.tenant_id AND p.user_id = u.user_id
      WHERE u.tenant_id = ? AND lower(u.email COLLATE "C") = lower(? COLLATE "C")
          AND u.claim IS NULL
          AND NOT EXISTS (SELECT FROM holdfast.oidc_identities i
              WHERE i.tenant_id = u.tenant_id AND i.user_id = u.user_id AND i.issuer = ?)
      ORDER BY u.user_id
      LIMIT 2
      FOR UPDATE OF u, p
      """;

  private OidcIdentities() {}

  static void lockNewcomers(Handle handle, TenantId tenant) {
    long key = RequestKey.digest("newcomers\n" + tenant.value()).getMostSignificantBits();
    handle.createQuery(NEWCOMERS_LOCK).bind(0, key).map((_, _) -> true).one();
  }

  /// Empty: nobody has come as this person.
  static Optional<Long> user(Handle handle, TenantId tenant, VouchedPerson person) {
    return handle
        .createQuery(IDENTITY_USER)
        .bind(0, tenant.value())
        .bind(1, person.issuer())
        .bind(2, person.subject())
        .mapTo(Long.class)
        .findOne();
  }

  static void add(Handle handle, TenantId tenant, VouchedPerson person, long user) {
    handle.execute(IDENTITY_INSERT, tenant.value(), person.issuer(), person.subject(), user);
  }

  /// Accounts that could be a newcomer's, two at most, disabled ones too. They stay as they are
  /// until the transaction ends.
  static List<Account> withEmail(
      Handle handle, TenantId tenant, String email, String exceptOfIssuer) {
    return handle
        .createQuery(ACCOUNTS_WITH_EMAIL)
        .bind(0, tenant.value())
        .bind(1, email)
        .bind(2, exceptOfIssuer)
        .map((row, _) -> new Account(row.getLong(1), row.getString(2)))
        .list();
  }
}
