package io.holdfast.server.oidc;

import io.holdfast.server.identity.OpenRoutes;
import jakarta.inject.Singleton;

/// Whoever wants to log in is nobody yet.
@Singleton
final class OidcRoutes implements OpenRoutes {

  @Override
  public boolean isOpen(String path) {
    return path.startsWith(OidcResource.PATH + "/");
  }
}
