package io.holdfast.server.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;

/// Runs while HTTP is served.
final class HttpApplication implements QuarkusApplication {
  private final HttpServer server;

  @Inject
  HttpApplication(HttpServer server) {
    this.server = server;
  }

  @Override
  public int run(String... args) {
    // The one of them that is open.
    Boot.ready(Math.max(server.getPort(), server.getSecurePort()));
    Quarkus.waitForExit();
    return 0;
  }
}
