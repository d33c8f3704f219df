package io.holdfast.server.identity;

import io.quarkus.arc.All;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/// What all modules together answer without a credential.
@Singleton
public final class OpenPaths {
  private final List<OpenRoutes> modules;

  OpenPaths(@All List<OpenRoutes> modules) {
    this.modules = modules;
  }

  public boolean contain(RoutingContext request) {
    String path = request.normalizedPath();
    return modules.stream().anyMatch(routes -> routes.isOpen(path));
  }
}
