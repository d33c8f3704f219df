package io.holdfast.server.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/// Runs while HTTP is served.
final class HttpApplication implements QuarkusApplication {
  private final HttpServer server;
  private final RenewedCertificate certificate;

  @Inject
  HttpApplication(HttpServer server, RenewedCertificate certificate) {
    this.server = server;
    this.certificate = certificate;
  }

  @Override
  public int run(String... args) {
    Optional<TlsOptions> tls = Node.running().edge().tls();
    if (tls.isEmpty()) {
      serve();
    } else {
      try (ScheduledExecutorService _ = certificate.watch(tls.get())) {
        serve();
      }
    }
    return 0;
  }

  private void serve() {
    // The one of them that is open.
    Boot.ready(Math.max(server.getPort(), server.getSecurePort()));
    Quarkus.waitForExit();
  }
}
