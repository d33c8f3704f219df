package io.holdfast.stock.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
  @ParameterizedTest
  @CsvSource({
    "redis://host, redis://host:6379, , , 0",
    "redis://host:7000/, redis://host:7000, , , 0",
    "rediss://host:7000/3, rediss://host:7000, , , 3",
    "redis://:secret@host, redis://host:6379, , secret, 0",
    "redis://me:sec:ret@[::1]:7000/12, redis://[::1]:7000, me, sec:ret, 12"
  })
  void saysWhereAndHow(String url, String address, String user, String password, int database) {
    assertEquals(
        new RedisUrl(address, Optional.ofNullable(user), Optional.ofNullable(password), database),
        RedisUrl.parse("--redis-url", url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host:6379", "http://host", "redis://", "redis://host/x", "redis://a b"})
  void refusesWhatIsNone(String url) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> RedisUrl.parse("--redis-url", url))
            .getMessage();
    assertEquals(0, String.valueOf(message).indexOf("--redis-url must be like"));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://localhost, true, false",
    "redis://127.0.0.1:7000/3, true, false",
    "rediss://[::1], true, true",
    "redis://127.0.0.1.example.org, false, false",
    "redis://localhost.example.org:6379, false, false",
    "redis://me:localhost@10.0.0.1, false, false",
    "rediss://redis.example.org, false, true"
  })
  void saysWhoCanReadOnTheWay(String url, boolean isThisMachine, boolean isSecure) {
    RedisUrl parsed = RedisUrl.parse("it", url);
    assertEquals(isThisMachine, parsed.isThisMachine());
    assertEquals(isSecure, parsed.isSecure());
  }

  @Test
  void tellsNobodyThePassword() {
    assertFalse(RedisUrl.parse("it", "redis://me:secret@host").toString().contains("secret"));
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class, () -> RedisUrl.parse("it", "redis://me:secret@ho st"));
    assertFalse(wrong.toString().contains("secret"));
  }
}
