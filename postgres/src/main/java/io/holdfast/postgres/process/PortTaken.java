package io.holdfast.postgres.process;

/// Another program listens on the port; the caller may know a better one.
final class PortTaken extends Exception {
  PortTaken(int port) {
    super("port " + port + " is taken by another program");
  }
}
