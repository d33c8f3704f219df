package io.holdfast.server.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;

/// Says early, before anything is started, that somebody else listens already.
final class PortCheck {
  private PortCheck() {}

  static void check(String host, int port) {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw taken(host, port);
    }
  }

  static StartFault taken(String host, int port) {
    String why =
        isOfThisMachine(host)
            ? "port " + port + " on " + host + " is taken or may not be used; try --port 0"
            : "--host " + host + " is no address of this machine";
    return new StartFault(ExitCode.PORT_TAKEN, why);
  }

  private static boolean isOfThisMachine(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
