package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

  @ParameterizedTest
  @CsvSource({
    "serve --data-dri x, --data-dir",
    "serve --dta-dir x, --data-dir",
    "serve --prot 1, --port",
    "serve --prot=1, --port",
    "serve --lock-timeout 1, --lock-timeout-millis",
    "serve --no-dmeo, --no-demo",
    "serve --hepl, --help",
    "verify --public-keys x, --public-key",
    "checkpoint --exprot 1, --export",
    "sevre, serve",
    "verfiy --db-url x, verify",
    "serve --control combind, combined",
    "serve --control Row-lock, row-lock",
    "serve --tenant-control toys=serialisable, serializable"
  })
  void aWordThatThereIsNotIsAnsweredWithTheNearestOne(String arguments, String meant) {
    String said = refused(arguments);
    assertTrue(said.contains("Did you mean '" + meant + "'?"), said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --nothing-like-it",
        "serve --d",
        "serve --control none",
        "serve something",
        "bench-engin",
        "dance"
      })
  void nothingIsMeantWhereNothingIsNear(String arguments) {
    String said = refused(arguments);
    assertFalse(said.contains("Did you mean"), said);
  }

  @Test
  void everyControlIsNamedToWhoNamedNone() {
    assertEquals(
        "holdfast: --control must name one of combined, row-lock, optimistic, serializable,"
            + " conditional, fenced-lock, unprotected, not none",
        refused("serve --control none").lines().findFirst().orElseThrow());
  }

  private static String refused(String arguments) {
    StringWriter said = new StringWriter();
    int exitCode = Commands.line().setErr(new PrintWriter(said)).execute(arguments.split(" ", -1));
    assertEquals(ExitCode.USAGE.number(), exitCode, said.toString());
    return said.toString();
  }
}
