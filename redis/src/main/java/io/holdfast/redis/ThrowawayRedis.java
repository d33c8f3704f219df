package io.holdfast.redis;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A Redis in a folder, for as long as it is needed: on loopback, on a free port, with a password,
/// and with nothing kept on disk. Not safe for several threads.
public final class ThrowawayRedis implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int TRIES = 5;
  private static final long START_NANOS_MAX = TimeUnit.SECONDS.toNanos(20);
  private static final int ANSWER_MILLIS_MAX = 1_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Path folder;
  private final String program;
  private final String password;
  private int port;
  private Process process;

  private ThrowawayRedis(Path folder) throws IOException {
    this.folder = folder;
    this.program = RedisProgram.in(folder);
    this.password = password();
    this.port = freePort();
    this.process = launch();
  }

  /// Starts one in a folder that is made.
  public static ThrowawayRedis open(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    ThrowawayRedis redis = new ThrowawayRedis(folder);
    for (int tries = 1; !redis.answersInTime(); tries++) {
      redis.kill();
      if (tries == TRIES) {
        throw new IOException("redis-server does not start: " + Files.readString(redis.log()));
      }
      // Somebody else took the port meanwhile.
      redis.port = freePort();
      redis.process = redis.launch();
    }
    return redis;
  }

  /// Where clients connect, with the password.
  public String url() {
    return "redis://:" + password + "@" + HOST + ":" + port;
  }

  public long pid() {
    return process.pid();
  }

  /// As `kill -9`.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Starts it again where it was; it has forgotten everything.
  public void restart() throws IOException {
    process = launch();
    if (!answersInTime()) {
      throw new IOException("redis-server does not start again: " + Files.readString(log()));
    }
  }

  /// Ends it and deletes the folder. May be repeated.
  @Override
  public void close() throws IOException {
    kill();
    if (Files.exists(folder)) {
      delete(folder);
    }
  }

  /// Ends what a process that was killed has left running in a folder, and deletes the folder; one
  /// that is not there is no fault.
  public static void discard(Path folder) throws IOException {
    if (Files.exists(folder)) {
      PidFile.in(folder).end();
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Process launch() throws IOException {
    Process launched =
        new ProcessBuilder(program, "-")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    PidFile.in(folder).write(launched.toHandle());
    // On its input and not among its arguments, where everybody on the machine reads the password.
    try (Writer config = launched.outputWriter(StandardCharsets.US_ASCII)) {
      config.write(config());
    }
    return launched;
  }

  private String config() {
    return """
        bind %s
        port %d
        requirepass %s
        save ""
        appendonly no
        """
        .formatted(HOST, port, password);
  }

  private Path log() {
    return folder.resolve("redis.log");
  }

  private boolean answersInTime() {
    long giveUp = System.nanoTime() + START_NANOS_MAX;
    while (process.isAlive() && System.nanoTime() < giveUp) {
      if (answers()) {
        return true;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return false;
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      String question = "AUTH " + password + "\r\nPING\r\n";
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      byte[] expected = "+OK\r\n+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
      return Arrays.equals(expected, socket.getInputStream().readNBytes(expected.length));
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String password() {
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
