package io.holdfast.server.account;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `invitations`: tokens that let somebody set a password once, without knowing one. One
/// of no user makes the first owner's account.
final class Invitations {
  static final String INVITATION_INSERT =
      """
      INSERT INTO holdfast.invitations (tenant_id, token_hash, user_id, expires_at)
      VALUES (?, ?, ?, clock_timestamp() + make_interval(secs => ?))
      """;

  static final String INVITATION_FIND =
      """
      SELECT user_id FROM holdfast.invitations
      WHERE tenant_id = ? AND token_hash = ? AND used_at IS NULL AND expires_at > clock_timestamp()
      """;

  static final String INVITATION_USE =
      """
      UPDATE holdfast.invitations SET used_at = clock_timestamp()
      WHERE tenant_id = ? AND token_hash = ? AND used_at IS NULL AND expires_at > clock_timestamp()
      """;

  private Invitations() {}

  /// @param user empty: for the first owner
  record Invitation(OptionalLong user) {}

  /// @param user null: for the first owner
  static void add(Handle handle, SecretToken token, @Nullable Long user, Duration life) {
    handle.execute(INVITATION_INSERT, token.tenant().value(), token.hash(), user, life.toSeconds());
  }

  static Optional<Invitation> find(Handle handle, SecretToken token) {
    return handle
        .createQuery(INVITATION_FIND)
        .bind(0, token.tenant().value())
        .bind(1, token.hash())
        .map(
            (row, _) -> {
              long user = row.getLong(1);
              return new Invitation(row.wasNull() ? OptionalLong.empty() : OptionalLong.of(user));
            })
        .findOne();
  }

  /// @return false: it is not good any more
  static boolean use(Handle handle, SecretToken token) {
    return handle.execute(INVITATION_USE, token.tenant().value(), token.hash()) == 1;
  }
}
