package io.holdfast.server.account;

import org.jspecify.annotations.Nullable;

/// Somebody whom a provider of identities vouches for. What it gives to nobody else are `issuer`
/// and `subject` together; everything else is what it says of them, and may be said of another one
/// tomorrow.
///
/// @param isEmailVerified whether the provider says that it has seen to it that mail arrives there
/// @param username what they are called there
public record VouchedPerson(
    String issuer,
    String subject,
    @Nullable String email,
    boolean isEmailVerified,
    @Nullable String username,
    @Nullable String name) {

  /// What somebody is called goes into no log.
  @Override
  public String toString() {
    return "a person of " + issuer;
  }
}
