package io.holdfast.stock.redis;

import io.holdfast.redis.ThrowawayRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody does to a Redis by hand.
final class RedisCommands {
  private static final Pattern SCRIPTS_ASKED = Pattern.compile("cmdstat_evalsha:calls=(\\d+)");

  private RedisCommands() {}

  static void forgetEverything(ThrowawayRedis redis) throws IOException {
    run(redis, "FLUSHALL");
  }

  /// How often scripts were asked for since the count was last set back.
  static long scriptsAsked(ThrowawayRedis redis) {
    try (Socket socket = connect(redis, "INFO commandstats\r\nQUIT")) {
      return answers(socket)
          .lines()
          .map(SCRIPTS_ASKED::matcher)
          .filter(Matcher::lookingAt)
          .mapToLong(asked -> Long.parseLong(asked.group(1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends one command of plain words, which must be answered with OK.
  static void run(ThrowawayRedis redis, String command) throws IOException {
    try (Socket socket = connect(redis, command)) {
      BufferedReader answers = answers(socket);
      for (int i = 0; i < 2; i++) {
        String answer = answers.readLine();
        if (!"+OK".equals(answer)) {
          throw new IOException(command + " was answered with " + answer);
        }
      }
    }
  }

  /// Presents itself, and sends `command`.
  private static Socket connect(ThrowawayRedis redis, String command) throws IOException {
    URI url = URI.create(redis.url());
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
    String words = "AUTH " + url.getUserInfo().substring(1) + "\r\n" + command + "\r\n";
    socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static BufferedReader answers(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  /// Stops the process, or lets it go on.
  static void signal(ThrowawayRedis redis, String signal) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + signal, Long.toString(redis.pid())).start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + signal + " ended with " + status);
    }
  }
}
