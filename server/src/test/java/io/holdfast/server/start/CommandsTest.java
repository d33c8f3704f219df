package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Path nowhere = Path.of("target", "never-made");
    String said =
        refused(
            "serve --prot 1 --pool-size 3 --lock-timeout-millis x --host 127.0.0.1 --data-dir "
                + nowhere
                + " --control unprotected --tenant-control toys=serialisable --tenant Toys"
                + " --db-app-url postgresql://a:b@[::1]/d --redis-url nowhere --tls-key absent.pem"
                + " --audit-busy-percent 0 --archive-interval-seconds -1 postgresql://u:p4ss@h/d",
            new Surroundings(
                Map.of(
                    "HOLDFAST_DB_ULR", "x", "QUARKUS_HTTP_PORT", "1", "QUARKUS_LOG_LEVEL", "DEBUG"),
                List.of("quarkus.http.host", "quarkus.log.level", "user.home"),
                Path.of("target")));
    for (String problem :
        List.of(
            "Unknown option: '--prot'. Did you mean '--port'?",
            "Unexpected word, which is not repeated here",
            "--pool-size must be between",
            "'--lock-timeout-millis'",
            "--control unprotected oversells",
            "--tenant-control must name one of",
            "--tenant can't be named Toys",
            "--db-app-url needs --db-url",
            "--redis-url",
            "--tls-certificate and --tls-key need each other",
            "--audit-busy-percent must be",
            "--archive-interval-seconds must be",
            "HOLDFAST_DB_ULR in the environment is no setting of Holdfast."
                + " Did you mean 'HOLDFAST_DB_URL'?",
            "QUARKUS_HTTP_PORT in the environment",
            "-Dquarkus.http.host")) {
      assertEquals(
          1, said.lines().filter(line -> line.contains(problem)).count(), problem + " in " + said);
    }
    assertEquals(16, said.lines().count(), said);
    assertFalse(said.contains("p4ss"), said);
    assertFalse(Files.exists(nowhere));
  }

  @Test
  void otherMachinesAreServedWithTlsOrOnPurposeWithout() {
    assertTrue(refused("serve --host 0.0.0.0").contains("--plain-http"));
    String twice = "serve --plain-http --tls-certificate absent.pem --tls-key absent.pem";
    assertTrue(refused(twice).contains("contradict each other"));
    String proxies = refused("serve --trusted-proxy 10.0.0.0/8,somewhere,10.0.0.1/8");
    assertEquals(2, proxies.lines().filter(line -> line.contains("--trusted-proxy")).count());
  }

  @Test
  void aRedisElsewhereIsReachedWithTlsOrOnPurposeWithout() {
    String plain = refused("serve --port 70000 --redis-url redis://:secret@redis.example.org");
    assertTrue(plain.contains("--plain-redis"), plain);
    assertFalse(plain.contains("secret"), plain);
    for (String fine :
        List.of(
            "--redis-url rediss://redis.example.org",
            "--redis-url redis://redis.example.org --plain-redis",
            "--redis-url redis://localhost:7000")) {
      String said = refused("serve --port 70000 " + fine);
      assertTrue(said.startsWith("holdfast: --port must be"), said);
      assertFalse(said.contains("redis"), said);
    }
  }

  @Test
  void brokersElsewhereAreReachedWithTlsOrOnPurposeWithout(@TempDir Path folder)
      throws IOException {
    String plain = refused("serve --port 70000 --kafka-servers localhost:9092,kafka:9092");
    assertTrue(plain.contains("--plain-kafka"), plain);
    Path config = folder.resolve("producer.properties");
    Files.writeString(config, "security.protocol=SASL_SSL\nsasl.jaas.config=p4ss\n");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
    String with = "serve --port 70000 --kafka-servers kafka:9092 --kafka-config " + config;
    String open = refused(with);
    assertTrue(open.contains("chmod 600"), open);
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    for (String fine :
        List.of(
            with,
            "serve --port 70000 --kafka-servers kafka:9092 --plain-kafka",
            "serve --port 70000 --kafka-servers 127.0.0.1:9092,[::1]:9092")) {
      String said = refused(fine);
      assertTrue(said.startsWith("holdfast: --port must be"), said);
      assertFalse(said.contains("kafka"), said);
    }
    Files.writeString(config, "security.protocol=SSL\nacks=0\n");
    assertTrue(refused(with).contains("acks is not yours to choose"));
    assertTrue(refused("serve --kafka-servers kafka").contains("must be like"));
  }

  @Test
  void webhooksLeadToNetworksThatAreSome() {
    String said = refused("serve --webhook-networks 10.0.0.0/8,somewhere,10.0.0.1/8");
    assertEquals(2, said.lines().filter(line -> line.contains("--webhook-networks")).count());
  }

  @Test
  void everyVariableThatAnOptionNamesIsKnown() {
    String said =
        refused(
            "verify --nothing-like-it",
            new Surroundings(
                Map.of(
                    "HOLDFAST_DB_URL", "x", "HOLDFAST_LIMIT_PER_KEY", "off", "HOLDFAST_HOME", "/"),
                List.of(),
                Path.of("target")));
    assertEquals(2, said.lines().count(), said);
  }

  @Test
  void filesThatCanNotBeUsedAreNamed(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no certificate and no key");
    String said =
        refused(
            "serve --tls-reload-seconds 0 --tls-certificate %1$s --tls-key %1$s".formatted(text));
    assertEquals(4, said.lines().count(), said);
    assertEquals(2, said.lines().filter(line -> line.contains("PEM")).count(), said);
    said = refused("serve --tls-certificate " + folder + " --tls-key " + folder.resolve("x"));
    assertEquals(2, said.lines().filter(line -> line.contains("can't be read")).count(), said);
    Files.createDirectory(folder.resolve("config"));
    Files.createFile(folder.resolve("config/application.properties"));
    Files.createFile(folder.resolve(".env"));
    said = refused("verify", new Surroundings(Map.of(), List.of(), folder));
    assertTrue(said.contains(".env") && said.contains("config/application.properties"), said);
  }

  @Test
  void whatIsWrongWithMachinesIsSaidWithTheRest(@TempDir Path folder) throws IOException {
    Path machines =
        Files.writeString(
            folder.resolve("machines"),
            "till toy-shop Boss 10.0.0.0/8 short-secret\n\nnightly toy-shop staff\n");
    Files.setPosixFilePermissions(machines, PosixFilePermissions.fromString("rw-------"));
    String serve = "serve --port 70000 --tenant Toys --machines ";
    String said = refused(serve + machines);
    for (String problem :
        List.of(
            "--port must be between",
            "--tenant can't be named Toys",
            "--machines: " + machines + ", line 1: the role ",
            "--machines: " + machines + ", line 1: secret 1 ",
            "--machines: " + machines + ", line 3: must have a key id")) {
      assertEquals(
          1, said.lines().filter(line -> line.contains(problem)).count(), problem + " in " + said);
    }
    assertEquals(6, said.lines().count(), said);
    assertFalse(said.contains("short-secret"), said);
    Files.setPosixFilePermissions(machines, PosixFilePermissions.fromString("rw-r-----"));
    assertTrue(refused(serve + machines).contains("--machines: " + machines + " can be read by"));
    assertTrue(refused(serve + folder).contains("--machines: " + folder + " is not there or"));
  }

  private static String refused(String arguments) {
    return refused(arguments, new Surroundings(Map.of(), List.of(), Path.of("target")));
  }

  private static String refused(String arguments, Surroundings surroundings) {
    StringWriter said = new StringWriter();
    int exitCode =
        Commands.line(surroundings).setErr(new PrintWriter(said)).execute(arguments.split(" ", -1));
    assertEquals(ExitCode.USAGE.number(), exitCode, said.toString());
    return said.toString();
  }
}
