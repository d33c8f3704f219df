package io.holdfast.proof.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One server node as a child process.
public final class Node implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("Holdfast is ready at http://[^:]+:(\\d+)");
  private static final long START_NANOS_MAX = 90_000_000_000L;
  private static final int STOP_SECONDS_MAX = 20;

  private final Install install;
  private final Path folder;
  private final Map<String, String> environment;
  private final List<String> arguments;
  private Process process;
  private int port;
  private boolean isClosed;

  private Node(
      Install install, Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    this.install = install;
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.arguments = List.copyOf(arguments);
    this.process = launch(0);
  }

  /// Starts a node on a free port. It is ready after [#awaitReady()].
  ///
  /// @param folder its data folder, which is made
  /// @param environment the variables that name what all nodes share, with the logins
  /// @param arguments of `serve`, without folder and port
  public static Node start(
      Install install, Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    Files.createDirectories(folder);
    return new Node(install, folder, environment, arguments);
  }

  /// Waits until it serves. A node whose start fails is reported with what it said.
  public void awaitReady() throws IOException {
    long giveUp = System.nanoTime() + START_NANOS_MAX;
    while (System.nanoTime() < giveUp) {
      Matcher ready = READY.matcher(output());
      if (ready.find()) {
        port = Integer.parseInt(ready.group(1));
        return;
      }
      if (!process.isAlive()) {
        break;
      }
      LockSupport.parkNanos(20_000_000);
    }
    close();
    throw new IOException("a server node did not start: " + output().strip());
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /// Its keys by tenant, as `warehouse=hf_...`.
  public String key(String tenant) throws IOException {
    for (String line : Files.readAllLines(folder.resolve("credentials"), StandardCharsets.UTF_8)) {
      if (line.startsWith(tenant + "=")) {
        return line.substring(tenant.length() + 1).strip();
      }
    }
    throw new IOException("the node has no credential for " + tenant);
  }

  /// kill -9.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// Asks it to end, and waits until it has: what is under way is answered.
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /// Starts it again where it was, on the same port.
  public void restart() throws IOException {
    relaunch();
    awaitReady();
  }

  /// Nothing is started any more once somebody wants to go home.
  private synchronized void relaunch() throws IOException {
    if (isClosed) {
      throw new IOException("the node was closed before it was started again");
    }
    process = launch(port);
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String output() throws IOException {
    return Files.readString(log(folder), StandardCharsets.UTF_8);
  }

  private Process launch(int wantedPort) throws IOException {
    List<String> words = new ArrayList<>(List.of("serve"));
    words.addAll(List.of("--port", Integer.toString(wantedPort)));
    // Its input is a pipe from here: a node does not outlive a prover that was killed.
    words.add("--stop-with-input");
    words.addAll(List.of("--data-dir", folder.toString()));
    words.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(install.command(words))
            .redirectErrorStream(true)
            .redirectOutput(log(folder).toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Path log(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".log");
  }
}
