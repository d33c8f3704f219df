package io.holdfast.proof.node;

import io.holdfast.proof.checker.ChainFindings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The built server on this machine.
///
/// @param options of the JVM, as the launcher gives them to a server
public record Install(Path java, Path jar, List<String> options) {

  private static final int VERIFY_SECONDS_MAX = 120;

  /// Between what was compared, the row, what was expected and what was found.
  private static final String SEPARATOR = " | ";

  public Install {
    options = List.copyOf(options);
  }

  /// What the launcher says of it; none if there is no built server.
  public static Optional<Install> find() {
    String home = System.getenv("HOLDFAST_HOME");
    if (home == null) {
      return Optional.empty();
    }
    String java = System.getenv("HOLDFAST_JAVA");
    List<String> options = new ArrayList<>(words("HOLDFAST_JAVA_OPTS"));
    options.addAll(words("HOLDFAST_SERVER_OPTS"));
    // A path, which may have blanks.
    Optional.ofNullable(System.getenv("HOLDFAST_SERVER_ARCHIVE"))
        .filter(option -> !option.isEmpty())
        .ifPresent(options::add);
    Path jar = Path.of(home, "server", "target", "quarkus-app", "quarkus-run.jar");
    return Files.isRegularFile(jar)
        ? Optional.of(new Install(java == null ? ownJava() : Path.of(java), jar, options))
        : Optional.empty();
  }

  private static List<String> words(String variable) {
    String text = System.getenv().getOrDefault(variable, "").strip();
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
  }

  public static Path ownJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  public List<String> command(List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(java.toString());
    words.addAll(options);
    words.addAll(List.of("-jar", jar.toString()));
    words.addAll(arguments);
    return words;
  }

  /// Without the line that counts them, which differs whenever one of them does.
  private static List<String> differences(List<String> output) {
    return output.stream().filter(line -> line.contains(SEPARATOR)).toList();
  }

  /// Lets the server recompute the ledger's hash chains.
  public ChainFindings verify(String databaseUrl) throws IOException, InterruptedException {
    Path output = Files.createTempFile("holdfast-verify", ".txt");
    Process process =
        new ProcessBuilder(command(List.of("verify", "--db-url", databaseUrl)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(VERIFY_SECONDS_MAX, TimeUnit.SECONDS)) {
        return new ChainFindings.NotRecomputed("verify took too long");
      }
      List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
      return switch (process.exitValue()) {
        case 0 -> new ChainFindings.Intact();
        case 1 -> new ChainFindings.Broken(differences(lines));
        default ->
            new ChainFindings.NotRecomputed(
                "verify ended with " + process.exitValue() + ": " + String.join(" ", lines));
      };
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }
}
