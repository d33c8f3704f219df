package io.holdfast.server.start;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Serves a renewed certificate once its files have changed and rest. The framework's own reload
/// makes everything of TLS anew, each period, and the connections that are accepted meanwhile are
/// lost (Vert.x 4.5.27); here only the key of new handshakes is another one.
@Singleton
final class RenewedCertificate implements HttpServerOptionsCustomizer {
  private static final Logger LOG = Logger.getLogger(RenewedCertificate.class);

  private final Vertx vertx;
  private @Nullable RenewableKey served;

  RenewedCertificate(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions server) {
    Node.running()
        .edge()
        .tls()
        .ifPresent(
            options -> {
              RenewableKey key = new RenewableKey(read(options));
              served = key;
              server.setKeyCertOptions(KeyCertOptions.wrap(key));
            });
  }

  private X509ExtendedKeyManager read(TlsOptions options) {
    try {
      return RenewableKey.read(vertx, options);
    } catch (Exception e) {
      throw new StartFault(
          ExitCode.START_FAILED,
          options.certificate() + " and " + options.key() + " don't fit: " + e.getMessage(),
          e);
    }
  }

  /// Looks at the files until it is closed.
  ScheduledExecutorService watch(TlsOptions options) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("holdfast-certificate").factory());
    Look look = new Look(options, options.digest());
    // What fails is told by look itself.
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            () -> look(look), options.reloadSeconds(), options.reloadSeconds(), TimeUnit.SECONDS);
    return timer;
  }

  private void look(Look look) {
    RenewableKey key = served;
    try {
      if (key != null && look.isRenewed()) {
        key.renew(RenewableKey.read(vertx, look.options));
      }
    } catch (Exception e) {
      // Until it is another one that is whole, the one before is served.
      LOG.errorf("The renewed certificate can't be served: %s", e.getMessage());
    }
  }

  /// What the files held when they were looked at. Two files are not written at one moment: they
  /// are taken when two looks found the same.
  private static final class Look {
    private final TlsOptions options;
    private String taken;
    private String seen;

    Look(TlsOptions options, String taken) {
      this.options = options;
      this.taken = taken;
      this.seen = taken;
    }

    boolean isRenewed() {
      String now = options.digest();
      boolean isAtRest = now.equals(seen);
      seen = now;
      if (!isAtRest || now.equals(taken)) {
        return false;
      }
      taken = now;
      return true;
    }
  }
}
