package io.holdfast.server.start;

import io.holdfast.server.account.ConsoleSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/// The options of `serve` about sessions of the console.
final class ConsoleFlags {
  private static final String IDLE = "--console-idle-minutes";
  private static final String LIFE = "--console-hours";

  @Option(
      names = IDLE,
      paramLabel = "N",
      description =
          "a browser's session ends when it is not used so long (default: ${DEFAULT-VALUE})")
  private int idleMinutes = 30;

  @Option(
      names = LIFE,
      paramLabel = "N",
      description = "and after this time in any case (default: ${DEFAULT-VALUE})")
  private int hours = 12;

  ConsoleSettings parsed(Problems problems) {
    problems.unlessBetween(IDLE, 5, 1_440, idleMinutes);
    problems.unlessBetween(LIFE, 1, 720, hours);
    return new ConsoleSettings(Duration.ofMinutes(idleMinutes), Duration.ofHours(hours));
  }
}
