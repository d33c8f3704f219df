package io.holdfast.server.account;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What the module makes for itself.
@Singleton
final class AccountBeans {

  @Produces
  @Singleton
  PasswordHashes passwordHashes() {
    return new PasswordHashes(Runtime.getRuntime().availableProcessors());
  }
}
