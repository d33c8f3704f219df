package io.holdfast.server.start;

import io.holdfast.server.request.PacedConnections;
import io.quarkus.runtime.annotations.QuarkusMain;

/// The program behind `./holdfast serve` and `./holdfast verify`.
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    PacedConnections.install();
    System.exit(Commands.line().execute(args));
  }
}
