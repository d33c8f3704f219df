package io.holdfast.server.http;

import io.holdfast.server.payment.StripeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// One node for all tests of this package, on a database of its own. Tests share it and make items
/// of their own, so that none sees another's.
final class TestNode {
  /// How long it remembers whose a credential is, which is no time to wait for.
  private static final int MEMORY_MILLIS = 300;

  /// Where its tenants' orders are paid, if they want it so.
  static final StripeServer STRIPE = new StripeServer();

  private static final class Shared {
    private static final TestNode NODE = start();
  }

  private final Path folder;
  private final String address;

  private TestNode(Path folder, String address) {
    this.folder = folder;
    this.address = address;
  }

  static TestNode shared() {
    return Shared.NODE;
  }

  /// Waits until it looks credentials up that it knows.
  static void letForget() throws InterruptedException {
    Thread.sleep(MEMORY_MILLIS + MEMORY_MILLIS / 3);
  }

  Path folder() {
    return folder;
  }

  /// Somebody without a key.
  Shop stranger() {
    return new Shop(address, null);
  }

  Shop tenant(String slug) {
    try {
      return new Shop(address, DataFolder.key(folder, slug));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestNode start() {
    try {
      Path folder = DataFolder.fresh();
      // Without audits: some tests change rows by hand and want to see what comes of that.
      String[] serve = {
        "serve",
        "--port",
        "0",
        "--throwaway",
        "--audit-interval-seconds",
        "0",
        "--credential-memory-millis",
        Integer.toString(MEMORY_MILLIS),
        "--webhook-networks",
        "127.0.0.0/8",
        "--stripe-url",
        STRIPE.url(),
        "--data-dir",
        folder.toString()
      };
      Program program = Program.start(serve);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(program)));
      return new TestNode(folder, program.address());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(Program program) {
    try {
      program.terminate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
