package io.holdfast.server.account;

import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Where a request comes from: the other end of its connection. Nothing that the request says of
/// itself is believed.
final class ClientAddress {
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  static String of(HttpServerRequest request) {
    return request.remoteAddress().hostAddress();
  }

  /// What counts as one: an address of IPv4, and of IPv6 the network of 64 bits, whose addresses
  /// one machine can have all.
  static String counted(String address) {
    try {
      if (!(InetAddress.ofLiteral(address) instanceof Inet6Address six)) {
        return address;
      }
      byte[] network = six.getAddress();
      Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
      return InetAddress.getByAddress(network).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
