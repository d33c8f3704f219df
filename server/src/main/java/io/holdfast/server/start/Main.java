package io.holdfast.server.start;

import io.holdfast.server.request.PacedConnections;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The program behind `./holdfast serve` and `./holdfast verify`.
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    // Quarkus has every level on until it has read its configuration, which only "serve" lets it
    // do: the driver and the pool of connections would make several records for each statement.
    Logger.getLogger("").setLevel(Level.INFO);
    PacedConnections.install();
    System.exit(Commands.line().execute(args));
  }
}
