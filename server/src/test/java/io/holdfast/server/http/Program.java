package io.holdfast.server.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// The built program, started with some arguments.
final class Program {
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final String READY = "Holdfast is ready at ";
  private static final long MAX_SECONDS = 90;

  /// There are many, and none lives long enough for what the second compiler makes: without it a
  /// start takes half the processor time.
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Queue<Program> STARTED = new ConcurrentLinkedQueue<>();

  private final List<String> arguments;
  private final Process process;
  private final Path errors;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<String> first = new CompletableFuture<>();
  private final Thread reading;

  private Program(List<String> arguments, Process process, Path errors) {
    this.arguments = arguments;
    this.process = process;
    this.errors = errors;
    this.reading = Thread.ofVirtual().start(this::read);
  }

  /// How a program ended, and what it said.
  record Ended(int exitCode, String output, List<String> errors) {}

  static Program start(String... arguments) throws IOException {
    Path errors = Files.createTempFile("holdfast-test", ".err");
    errors.toFile().deleteOnExit();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-jar"));
    command.add(JAR.toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    List.of(arguments).forEach(Secrets::addOfUrl);
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    // What a failed test did not stop.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Program program = new Program(List.of(arguments), process, errors);
    STARTED.add(program);
    return program;
  }

  /// What all of them have said until now for somebody to read later: what went to the log, and
  /// what a node prints, which often goes there as well. Other commands print what they were asked
  /// for, also when that is a secret.
  static List<String> logs() throws IOException {
    List<String> logs = new ArrayList<>();
    for (Program program : STARTED) {
      logs.add(Files.readString(program.errors));
      if (program.arguments.contains("serve")) {
        logs.add(String.join("\n", program.output));
      }
    }
    return logs;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        first.complete(line);
      }
    } catch (IOException e) {
      output.add(e.toString());
    }
    first.complete("nothing was printed");
  }

  static Ended run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).end();
  }

  /// Waits for the first line and answers the address in it.
  String address() throws IOException {
    String line = first.join();
    if (!line.startsWith(READY)) {
      throw new IllegalStateException("not ready: " + line + Files.readString(errors));
    }
    return line.substring(READY.length());
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
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the program did not end");
    }
    reading.join();
    return new Ended(process.exitValue(), String.join("\n", output), Files.readAllLines(errors));
  }
}
