package io.holdfast.proof.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/// Lets in whoever connects on this machine, each in a thread of their own, until it is closed.
final class Doorway implements AutoCloseable {
  private static final int BACKLOG = 2_000;

  private final ServerSocket listener;

  private Doorway(ServerSocket listener) {
    this.listener = listener;
  }

  static Doorway open() throws IOException {
    return new Doorway(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Returns at once.
  ///
  /// @param host given each connection, and to close it
  void letIn(Consumer<Socket> host) {
    Thread.ofVirtual().start(() -> accept(host));
  }

  private void accept(Consumer<Socket> host) {
    while (!listener.isClosed()) {
      try {
        Socket guest = listener.accept();
        Thread.ofVirtual().start(() -> host.accept(guest));
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() {
    close(listener);
  }

  static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception ignored) {
      // It is given up either way.
    }
  }
}
