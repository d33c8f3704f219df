package io.holdfast.server.start;

import io.holdfast.server.origin.Proxies;
import java.util.Optional;

/// How those who are not on this machine reach a node.
///
/// @param tls empty: http
/// @param isPlainAllowed whether http is meant, also for other machines
/// @param proxies who is believed when they say for whom they ask
record EdgeOptions(Optional<TlsOptions> tls, boolean isPlainAllowed, Proxies proxies) {

  /// @param isHere whether it listens for this machine alone
  void check(Problems problems, boolean isHere) {
    if (isPlainAllowed && tls.isPresent()) {
      problems.add("--plain-http and --tls-certificate contradict each other");
    }
    if (!isHere && tls.isEmpty() && !isPlainAllowed) {
      problems.add(
          "--host is reached by other machines, and everybody between would read the credentials:"
              + " it needs --tls-certificate and --tls-key, or --plain-http if what is before this"
              + " node ends TLS");
    }
  }
}
