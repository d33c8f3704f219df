package io.holdfast.server.console;

import io.holdfast.server.identity.OpenRoutes;
import jakarta.inject.Singleton;

/// A browser that follows a link has no key yet, and the page's files are the same for all.
@Singleton
final class ConsoleRoutes implements OpenRoutes {

  @Override
  public boolean isOpen(String path) {
    return path.equals(ConsoleResource.PATH) || path.startsWith(ConsoleResource.PATH + "/");
  }
}
