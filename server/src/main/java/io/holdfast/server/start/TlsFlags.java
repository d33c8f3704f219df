package io.holdfast.server.start;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `serve` about TLS.
final class TlsFlags {
  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = {
        "serve https alone, with this certificate and those that vouch for it (PEM);",
        "a renewed one needs no restart (default: http)"
      })
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "the private key of --tls-certificate (PEM, PKCS #8), without a password")
  private @Nullable Path key;

  @Option(
      names = "--tls-reload-seconds",
      paramLabel = "N",
      description = "how often both files are read again (default: ${DEFAULT-VALUE})")
  private int reloadSeconds = 60;

  Optional<TlsOptions> parsed(Problems problems) {
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      problems.add("--tls-certificate and --tls-key need each other");
      return Optional.empty();
    }
    TlsOptions options = new TlsOptions(certificate, key, reloadSeconds);
    options.check(problems);
    return Optional.of(options);
  }
}
