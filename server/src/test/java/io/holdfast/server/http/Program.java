package io.holdfast.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The built program, started with some arguments.
final class Program {
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final String READY = "Holdfast is ready at ";
  private static final long MAX_SECONDS = 90;

  private final Process process;
  private final Path errors;
  private @Nullable String first;

  private Program(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /// How a program ended, and what it said.
  record Ended(int exitCode, String output, List<String> errors) {}

  static Program start(String... arguments) throws IOException {
    Path errors = Files.createTempFile("holdfast-test", ".err");
    errors.toFile().deleteOnExit();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-jar"));
    command.add(JAR.toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    // What a failed test did not stop.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Program(process, errors);
  }

  static Ended run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).end();
  }

  /// Waits for the first line and answers the address in it.
  String address() throws IOException {
    if (first == null) {
      first = process.inputReader().readLine();
    }
    if (first == null || !first.startsWith(READY)) {
      throw new IllegalStateException("not ready: " + first + Files.readString(errors));
    }
    return first.substring(READY.length());
  }

  long pid() {
    return process.pid();
  }

  Ended terminate() throws IOException, InterruptedException {
    askToStop();
    return end();
  }

  void askToStop() {
    // Process.destroy would close its output as well.
    process.toHandle().destroy();
  }

  Ended endInput() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return end();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  private Ended end() throws IOException, InterruptedException {
    String output = process.inputReader().lines().collect(Collectors.joining("\n"));
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the program did not end");
    }
    return new Ended(process.exitValue(), output, Files.readAllLines(errors));
  }
}
