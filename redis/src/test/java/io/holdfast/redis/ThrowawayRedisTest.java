package io.holdfast.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrowawayRedisTest {
  @TempDir Path temporary;

  @Test
  void answersWhoeverHasThePassword() throws IOException {
    try (ThrowawayRedis redis = open()) {
      assertTrue(ask(redis.url(), "PING").startsWith("-NOAUTH"));
      assertEquals("+OK", ask(redis.url(), auth(redis)));
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    String url;
    long pid;
    try (ThrowawayRedis redis = open()) {
      url = redis.url();
      pid = redis.pid();
    }
    assertThrows(ConnectException.class, () -> ask(url, "PING"));
    assertTrue(ProcessHandle.of(pid).isEmpty());
    assertFalse(Files.exists(folder()));
  }

  @Test
  void forgetsEverythingWhenItIsKilled() throws IOException {
    try (ThrowawayRedis redis = open()) {
      assertEquals("+OK", ask(redis.url(), auth(redis), "SET key value"));
      assertEquals(":1", ask(redis.url(), auth(redis), "EXISTS key"));
      long before = redis.pid();
      redis.kill();
      assertThrows(ConnectException.class, () -> ask(redis.url(), "PING"));
      redis.restart();
      assertNotEquals(before, redis.pid());
      assertEquals(":0", ask(redis.url(), auth(redis), "EXISTS key"));
    }
  }

  @Test
  void discardsWhatAKilledProcessLeft() throws IOException {
    ThrowawayRedis left = open();
    ThrowawayRedis.discard(folder());
    assertTrue(ProcessHandle.of(left.pid()).isEmpty());
    assertFalse(Files.exists(folder()));
    ThrowawayRedis.discard(folder());
  }

  /// The id of one that ended long ago may be anybody's.
  @Test
  void endsNoProcessThatOnlyHasTheSameId() throws IOException {
    try (ThrowawayRedis redis = open()) {
      Path other = Files.createDirectory(temporary.resolve("other"));
      Files.writeString(other.resolve("redis.pid"), redis.pid() + " 2001-01-01T00:00:00Z");
      ThrowawayRedis.discard(other);
      assertEquals("+OK", ask(redis.url(), auth(redis)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, 2",
    "Linux, aarch64, 1",
    "Mac OS X, x86_64, 1",
    "Mac OS X, aarch64, 1",
    "Plan 9, mips, 0"
  })
  void carriesAProgramForTheUsualMachines(String system, String processor, int programs) {
    assertEquals(programs, RedisProgram.carried(system, processor).size());
    for (String version : RedisProgram.carried(system, processor)) {
      assertTrue(getClass().getClassLoader().getResource("redis-server-" + version) != null);
    }
  }

  private Path folder() {
    return temporary.resolve("redis");
  }

  private ThrowawayRedis open() throws IOException {
    return ThrowawayRedis.open(folder());
  }

  private static String auth(ThrowawayRedis redis) {
    return "AUTH " + URI.create(redis.url()).getUserInfo().substring(1);
  }

  /// Sends the commands and gives the first line of the answer to the last.
  private static String ask(String url, String... commands) throws IOException {
    URI address = URI.create(url);
    try (Socket socket = new Socket(address.getHost(), address.getPort());
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      String answer = "";
      for (String command : commands) {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        answer = String.valueOf(answers.readLine());
      }
      return answer;
    }
  }
}
