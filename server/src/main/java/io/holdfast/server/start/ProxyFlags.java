package io.holdfast.server.start;

import io.holdfast.server.origin.Network;
import io.holdfast.server.origin.Proxies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of `serve` about what stands before a node.
final class ProxyFlags {
  private static final String TRUSTED = "--trusted-proxy";

  @Option(
      names = "--plain-http",
      description = {
        "serve other machines without TLS, because a proxy before this node ends it",
      })
  private boolean isPlainAllowed;

  @Option(
      names = TRUSTED,
      defaultValue = "${env:HOLDFAST_TRUSTED_PROXY}",
      split = ",",
      paramLabel = "NETWORK",
      description = {
        "proxies that are believed when they say in X-Forwarded-For for whom they ask, such as",
        "10.0.0.0/8; several with commas; HOLDFAST_TRUSTED_PROXY says the same (default: nobody)"
      })
  private List<String> trusted = List.of();

  EdgeOptions parsed(Optional<TlsOptions> tls, Problems problems) {
    List<Network> networks = new ArrayList<>();
    for (String text : trusted) {
      problems.unlessParsed(() -> Network.parse(TRUSTED, text)).ifPresent(networks::add);
    }
    return new EdgeOptions(tls, isPlainAllowed, new Proxies(networks));
  }
}
