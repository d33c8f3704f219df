package io.holdfast.server.account;

import io.holdfast.server.identity.DisplayName;
import io.holdfast.stock.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The tables `users`, `user_passwords` and `memberships`.
final class Users {
  static final String USER_CLAIM =
      """
      INSERT INTO holdfast.users AS u
          (tenant_id, username, username_key, email, name, claim, claimed_until)
      VALUES (?, ?, ?, ?, ?, ?, clock_timestamp() + make_interval(secs => ?))
      ON CONFLICT ON CONSTRAINT users_username DO UPDATE
      SET username = excluded.username, email = excluded.email, name = excluded.name,
          claim = excluded.claim, claimed_until = excluded.claimed_until
      WHERE u.claimed_until < clock_timestamp()
      RETURNING user_id
      """;

  static final String USER_INSERT =
      """
      INSERT INTO holdfast.users (tenant_id, username, username_key, email, name)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT ON CONSTRAINT users_username DO NOTHING
      RETURNING user_id
      """;

  static final String USERNAME_IS_TAKEN =
      """
      SELECT EXISTS (SELECT FROM holdfast.users
          WHERE tenant_id = ? AND username_key = ?
              AND (claimed_until IS NULL OR claimed_until >= clock_timestamp()))
      """;

  static final String CLAIM_END =
      """
      UPDATE holdfast.users SET claimed_until = clock_timestamp()
      WHERE tenant_id = ? AND user_id = ? AND claim = ?
      """;

  static final String CLAIM_KEEP =
      """
      UPDATE holdfast.users SET claim = NULL, claimed_until = NULL
      WHERE tenant_id = ? AND user_id = ? AND claim = ?
      """;

  static final String PASSWORD_INSERT =
      """
      INSERT INTO holdfast.user_passwords (tenant_id, user_id, password_hash) VALUES (?, ?, ?)
      """;

  static final String PASSWORD_UPDATE =
      """
      UPDATE holdfast.user_passwords SET password_hash = ?, changed_at = clock_timestamp()
      WHERE tenant_id = ? AND user_id = ?
      """;

  static final String MEMBERSHIP_INSERT =
      """
      INSERT INTO holdfast.memberships (tenant_id, user_id, role) VALUES (?, ?, ?)
      """;

  static final String ACCOUNT_BY_NAME =
      """
      SELECT u.user_id, p.password_hash
      FROM holdfast.users u
      JOIN holdfast.user_passwords p ON p.tenant_id = u.tenant_id AND p.user_id = u.user_id
      WHERE u.tenant_id = ? AND u.username_key = ? AND u.disabled_at IS NULL AND u.claim IS NULL
      """;

  static final String ACCOUNT_BY_ID =
      """
      SELECT u.user_id, p.password_hash
      FROM holdfast.users u
      JOIN holdfast.user_passwords p ON p.tenant_id = u.tenant_id AND p.user_id = u.user_id
      WHERE u.tenant_id = ? AND u.user_id = ? AND u.disabled_at IS NULL AND u.claim IS NULL
      """;

  static final String ACCOUNT_LOCK =
      ACCOUNT_BY_ID
          + """
          FOR SHARE
          """;

  static final String PASSWORD_LOCK =
      """
      SELECT password_hash FROM holdfast.user_passwords
      WHERE tenant_id = ? AND user_id = ?
      FOR UPDATE
      """;

  static final String PROFILE =
      """
      SELECT u.username, u.email, u.name,
          ARRAY(SELECT m.role FROM holdfast.memberships m
              WHERE m.tenant_id = u.tenant_id AND m.user_id = u.user_id ORDER BY m.role) AS roles
      FROM holdfast.users u
      WHERE u.tenant_id = ? AND u.user_id = ?
      """;

  private Users() {}

  /// Somebody who can log in.
  record Account(long id, String passwordHash) {
    @Override
    public String toString() {
      return "user " + id;
    }
  }

  /// A name that is kept for one who is registering.
  record Claim(long user, UUID mark) {}

  record Profile(String username, String email, String name, List<String> roles) {}

  /// Whether it is of no use to claim the name. A claim that meets another one locks its row, and a
  /// thousand of them wait for each other's commits; a look waits for nobody.
  static boolean isTaken(Handle handle, TenantId tenant, Username name) {
    return handle
        .createQuery(USERNAME_IS_TAKEN)
        .bind(0, tenant.value())
        .bind(1, name.key())
        .mapTo(Boolean.class)
        .one();
  }

  /// Empty: somebody has the name, or is about to.
  static Optional<Claim> claim(Handle handle, TenantId tenant, NewAccount wanted, Duration life) {
    UUID mark = UUID.randomUUID();
    return handle
        .createQuery(USER_CLAIM)
        .bind(0, tenant.value())
        .bind(1, wanted.username().text())
        .bind(2, wanted.username().key())
        .bind(3, wanted.email().text())
        .bind(4, wanted.name().text())
        .bind(5, mark)
        .bind(6, life.toSeconds())
        .mapTo(Long.class)
        .findOne()
        .map(user -> new Claim(user, mark));
  }

  /// Lets somebody else have the name.
  static void giveUp(Handle handle, TenantId tenant, Claim claim) {
    handle.execute(CLAIM_END, tenant.value(), claim.user(), claim.mark());
  }

  /// Makes the claimed name an account.
  ///
  /// @return false: it took so long that somebody else has the name
  static boolean keep(Handle handle, TenantId tenant, Claim claim, String hash, String role) {
    if (handle.execute(CLAIM_KEEP, tenant.value(), claim.user(), claim.mark()) == 0) {
      return false;
    }
    addPassword(handle, tenant, claim.user(), hash);
    addRole(handle, tenant, claim.user(), role);
    return true;
  }

  /// Makes an account at once, still without a password.
  ///
  /// @return empty: somebody has the name, or is about to
  static Optional<Long> add(
      Handle handle, TenantId tenant, Username username, Email email, DisplayName name) {
    return handle
        .createQuery(USER_INSERT)
        .bind(0, tenant.value())
        .bind(1, username.text())
        .bind(2, username.key())
        .bind(3, email.text())
        .bind(4, name.text())
        .mapTo(Long.class)
        .findOne();
  }

  static void addPassword(Handle handle, TenantId tenant, long user, String hash) {
    handle.execute(PASSWORD_INSERT, tenant.value(), user, hash);
  }

  static void addRole(Handle handle, TenantId tenant, long user, String role) {
    handle.execute(MEMBERSHIP_INSERT, tenant.value(), user, role);
  }

  static Optional<Account> find(Handle handle, TenantId tenant, Username name) {
    return handle
        .createQuery(ACCOUNT_BY_NAME)
        .bind(0, tenant.value())
        .bind(1, name.key())
        .map((row, _) -> new Account(row.getLong(1), row.getString(2)))
        .findOne();
  }

  static Optional<Account> find(Handle handle, TenantId tenant, long user) {
    return account(handle, ACCOUNT_BY_ID, tenant, user);
  }

  /// As it is and stays until the transaction ends: neither disabled nor with another password.
  static Optional<Account> locked(Handle handle, TenantId tenant, long user) {
    return account(handle, ACCOUNT_LOCK, tenant, user);
  }

  private static Optional<Account> account(
      Handle handle, String query, TenantId tenant, long user) {
    return handle
        .createQuery(query)
        .bind(0, tenant.value())
        .bind(1, user)
        .map((row, _) -> new Account(row.getLong(1), row.getString(2)))
        .findOne();
  }

  /// Sets a password, unless it is another one by now.
  ///
  /// @return whether it was set
  static boolean setPassword(Handle handle, TenantId tenant, Account account, String newHash) {
    Optional<String> found =
        handle
            .createQuery(PASSWORD_LOCK)
            .bind(0, tenant.value())
            .bind(1, account.id())
            .mapTo(String.class)
            .findOne();
    boolean isSame = found.filter(account.passwordHash()::equals).isPresent();
    if (isSame) {
      handle.execute(PASSWORD_UPDATE, newHash, tenant.value(), account.id());
    }
    return isSame;
  }

  static Profile profile(Handle handle, TenantId tenant, long user) {
    return handle
        .createQuery(PROFILE)
        .bind(0, tenant.value())
        .bind(1, user)
        .map(
            (row, _) ->
                new Profile(
                    row.getString("username"),
                    row.getString("email"),
                    row.getString("name"),
                    List.of((String[]) row.getArray("roles").getArray())))
        .one();
  }
}
