package io.holdfast.server.start;

import java.io.IOException;
import java.net.InetSocketAddress;
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
    return new StartFault(
        ExitCode.PORT_TAKEN,
        "port " + port + " on " + host + " is taken or may not be used; try --port 0");
  }
}
