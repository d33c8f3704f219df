package io.holdfast.server.operations;

import io.holdfast.server.identity.OpenRoutes;
import jakarta.inject.Singleton;

/// Whoever watches a node has no key.
@Singleton
final class OpenHealth implements OpenRoutes {

  @Override
  public boolean isOpen(String path) {
    return path.startsWith("/health/");
  }
}
