package io.holdfast.stock.redis;

import io.holdfast.redis.ThrowawayRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// What somebody does to a Redis by hand.
final class RedisCommands {
  private RedisCommands() {}

  static void forgetEverything(ThrowawayRedis redis) throws IOException {
    run(redis, "FLUSHALL");
  }

  /// Sends one command of plain words, which must be answered with OK.
  static void run(ThrowawayRedis redis, String command) throws IOException {
    URI url = URI.create(redis.url());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      String words = "AUTH " + url.getUserInfo().substring(1) + "\r\n" + command + "\r\n";
      socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 2; i++) {
        String answer = answers.readLine();
        if (!"+OK".equals(answer)) {
          throw new IOException(command + " was answered with " + answer);
        }
      }
    }
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
