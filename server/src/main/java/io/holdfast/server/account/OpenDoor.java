package io.holdfast.server.account;

import io.holdfast.server.identity.OpenRoutes;
import jakarta.inject.Singleton;

/// The routes of [DoorResource] need no credential.
@Singleton
final class OpenDoor implements OpenRoutes {
  private static final String PREFIX = "/v1/auth/";

  @Override
  public boolean isOpen(String path) {
    return path.startsWith(PREFIX);
  }
}
