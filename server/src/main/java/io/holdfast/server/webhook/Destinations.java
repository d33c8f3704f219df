package io.holdfast.server.webhook;

import io.holdfast.server.origin.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which addresses a node sends webhooks to: the public ones by https, and those in networks that
/// the operator has opened. A tenant chooses the names, so what a node can reach beyond that, its
/// neighbours and itself, would else be the tenant's.
///
/// @param opened by http, too
public record Destinations(List<Network> opened) {
  /// All that the registries of special addresses (RFC 6890) do not call globally reachable, and
  /// what goes on to an address of IPv4 that stands in one of IPv6.
  private static final List<Network> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4")
          .map(Network::parse)
          .toList();

  /// What is handed out of IPv6. All else is special.
  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

  private static final List<Network> NOT_PUBLIC_V6 =
      Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
          .map(Network::parse)
          .toList();

  private static final int V4_BYTES = 4;

  public Destinations {
    opened = List.copyOf(opened);
  }

  /// Looks for what is wrong without looking a name up: whoever may register a webhook would learn
  /// from the answer what the node's own names are.
  ///
  /// @throws IllegalArgumentException saying what it must be
  void check(WebhookUrl url) {
    if (!url.isSecure() && opened.isEmpty()) {
      throw new IllegalArgumentException("must begin with https://");
    }
    Optional<InetAddress> literal = literal(url.host());
    if (literal.isPresent() && !isGood(url, literal.get())) {
      throw new IllegalArgumentException("must not lead to " + literal.get().getHostAddress());
    }
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      // It is a name.
      return Optional.empty();
    }
  }

  /// The addresses behind a name, as they are now, that may be sent to.
  List<InetAddress> of(WebhookUrl url) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(url.host()))
        .filter(address -> isGood(url, address))
        .toList();
  }

  private boolean isGood(WebhookUrl url, InetAddress address) {
    return isIn(opened, address) || (url.isSecure() && isPublic(address));
  }

  static boolean isPublic(InetAddress address) {
    return address.getAddress().length == V4_BYTES
        ? !isIn(NOT_PUBLIC, address)
        : GLOBAL_UNICAST.contains(address) && !isIn(NOT_PUBLIC_V6, address);
  }

  private static boolean isIn(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
