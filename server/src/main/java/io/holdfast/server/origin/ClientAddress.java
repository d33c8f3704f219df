package io.holdfast.server.origin;

import java.net.InetAddress;
import java.util.HexFormat;

/// Where a request comes from, as far as it can be told from others: one host of IPv4, one network
/// of IPv6 (/64), all of whose addresses are one customer's to choose from.
///
/// @param name in a form of its own
public record ClientAddress(String name, boolean isLoopback) {
  private static final int NETWORK_BYTES = 8;

  /// @param text without a name to be looked up
  public static ClientAddress of(String text) {
    if (text.indexOf(':') < 0) {
      return new ClientAddress(text, text.startsWith("127."));
    }
    int zone = text.indexOf('%');
    InetAddress address = InetAddress.ofLiteral(zone < 0 ? text : text.substring(0, zone));
    byte[] bytes = address.getAddress();
    return bytes.length > NETWORK_BYTES
        ? new ClientAddress(
            HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) + "/64", address.isLoopbackAddress())
        : new ClientAddress(address.getHostAddress(), address.isLoopbackAddress());
  }
}
