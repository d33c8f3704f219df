package io.holdfast.server.origin;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whom this node believes when they say for whom they ask: the proxies before it, by their
/// networks. What anybody else writes into the header is that person's own story, and so is
/// whatever stands left of the first address that is no proxy's.
public record Proxies(List<Network> trusted) {
  static final String HEADER = "X-Forwarded-For";

  /// An address alone, as proxies write it.
  private static final int MAX_ADDRESS_CHARS = 45;

  public static final Proxies NONE = new Proxies(List.of());

  public Proxies {
    trusted = List.copyOf(trusted);
  }

  public boolean isEmpty() {
    return trusted.isEmpty();
  }

  /// The address that a request comes from, without port and zone; null if the connection has none.
  ///
  /// @param from the other end of the connection
  /// @param forwardedFor the values of all headers of this name, in their order
  @Nullable String client(@Nullable SocketAddress from, List<String> forwardedFor) {
    String literal = from == null ? null : from.hostAddress();
    if (literal == null) {
      return null;
    }
    String known = literal.replaceFirst("%.*", "");
    if (trusted.isEmpty() || forwardedFor.isEmpty()) {
      return known;
    }
    String[] said = String.join(",", forwardedFor).split(",", -1);
    for (int i = said.length - 1; i >= 0 && isTrusted(InetAddress.ofLiteral(known)); i--) {
      Optional<InetAddress> before = address(said[i].strip());
      if (before.isEmpty()) {
        return known;
      }
      known = before.get().getHostAddress();
    }
    return known;
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  /// Empty if it is none, such as a name or a word like "unknown".
  private static Optional<InetAddress> address(String text) {
    if (text.length() > MAX_ADDRESS_CHARS || text.indexOf('%') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
