package io.holdfast.server.start;

import io.quarkus.runtime.annotations.QuarkusMain;

/// The program behind `./holdfast serve` and `./holdfast verify`.
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    System.exit(Commands.line().execute(args));
  }
}
