package io.holdfast.server.start;

import io.holdfast.server.request.Drain;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;

/// Runs while HTTP is served.
final class HttpApplication implements QuarkusApplication {
  private final HttpServer server;
  private final Drain drain;

  @Inject
  HttpApplication(HttpServer server, Drain drain) {
    this.server = server;
    this.drain = drain;
  }

  @Override
  public int run(String... args) {
    Boot.ready(server.getPort());
    Quarkus.waitForExit();
    drain.drain();
    return 0;
  }
}
