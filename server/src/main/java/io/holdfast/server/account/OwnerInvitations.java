package io.holdfast.server.account;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/// Invites a tenant's first owner, or another one when nobody can get in any more.
public final class OwnerInvitations {
  private static final Duration LIFE = Duration.ofDays(3);

  private OwnerInvitations() {}

  /// @param owner a connection of the owner's login
  /// @return the token, which is stored nowhere
  public static String invite(Handle owner, TenantId tenant, SecureRandom randomness) {
    SecretToken token = SecretToken.random(SecretToken.Kind.INVITATION, tenant, randomness);
    owner.useTransaction(
        handle -> {
          TenantScope.set(handle, tenant);
          Invitations.add(handle, token, null, LIFE);
        });
    return token.text();
  }
}
