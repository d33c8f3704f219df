package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.server.http.LeakSearch.Leak;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is planted is found, so what is not found is not there.
class LeakSearchTest {
  private static final String SECRET = "a cat & 4 keyboards";
  private static final Set<Leak> FOUND = Set.of(new Leak("password", "log"));

  private final LeakSearch search = new LeakSearch(among(1_000));

  private static Map<String, String> among(int others) {
    Map<String, String> secrets = new HashMap<>(Map.of(SECRET, "password"));
    for (int i = 0; i < others; i++) {
      secrets.put(UUID.randomUUID().toString(), "other");
    }
    return secrets;
  }

  @Test
  void findsItAsItIs() {
    assertEquals(FOUND, search.in("log", SECRET));
    assertEquals(FOUND, search.in("log", "could not log in with '" + SECRET + "', twice"));
  }

  @Test
  void findsItInHexadecimalDigits() {
    String digits = HexFormat.of().formatHex(SECRET.getBytes(UTF_8));
    assertEquals(FOUND, search.in("log", "\\x00" + digits + "00"));
    assertEquals(FOUND, search.in("log", digits.toUpperCase(Locale.ROOT)));
  }

  @Test
  void findsItInAnAddress() {
    String encoded = URLEncoder.encode(SECRET, UTF_8);
    assertEquals(FOUND, search.in("log", "GET /login?password=" + encoded + "&x=1"));
    assertEquals(FOUND, search.in("log", encoded.replace("+", "%20")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "use", "user:", "somebody:"})
  void findsItInBase64WhateverStandsAroundIt(String before) {
    for (String after : new String[] {"", "x", "xy"}) {
      byte[] bytes = (before + SECRET + after).getBytes(UTF_8);
      assertEquals(FOUND, search.in("log", "Basic " + Base64.getEncoder().encodeToString(bytes)));
      assertEquals(FOUND, search.in("log", Base64.getUrlEncoder().encodeToString(bytes)));
    }
  }

  @Test
  void findsNothingInWhatIsOnlyLikeIt() {
    assertEquals(Set.of(), search.in("log", ""));
    assertEquals(Set.of(), search.in("log", SECRET.substring(1)));
    assertEquals(Set.of(), search.in("log", "a cat & 4 keyboard and " + UUID.randomUUID()));
  }

  @Test
  void refusesASecretThatWouldBeFoundByChance() {
    assertThrows(
        IllegalArgumentException.class, () -> new LeakSearch(Map.of("password", "password")));
  }
}
