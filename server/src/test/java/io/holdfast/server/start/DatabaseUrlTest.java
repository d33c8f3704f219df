package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @Test
  void bothFormsMeanTheSamePlace() {
    DatabaseUrl url =
        DatabaseUrl.parse("--db-url", "postgresql://me:p%40ss+@host:5433/shop?sslmode=require");
    assertEquals("jdbc:postgresql://host:5433/shop?sslmode=require", url.jdbcUrl());
    assertEquals("me", url.user().orElseThrow());
    assertEquals("p@ss+", url.password().orElseThrow());
    String jdbc = "jdbc:postgresql://localhost/shop?user=me&password=secret";
    assertEquals(jdbc, DatabaseUrl.parse("--db-url", jdbc).jdbcUrl());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:secret@db.example/shop",
        "postgresql://me:secret@10.0.0.1:5433/shop",
        "postgresql://me:secret@127.0.0.1.example/shop",
        "jdbc:postgresql://localhost,db.example/shop?user=me&password=secret"
      })
  void anotherMachineIsReachedOnlyAsTheUrlSays(String url) {
    var thrown =
        assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parse("--db-url", url));
    assertTrue(String.valueOf(thrown.getMessage()).contains("sslmode=verify-full"));
    assertFalse(String.valueOf(thrown.getMessage()).contains("secret"));
    String chosen = url + (url.contains("?") ? "&" : "?") + "sslmode=verify-full";
    assertTrue(DatabaseUrl.parse("--db-url", chosen).jdbcUrl().endsWith("sslmode=verify-full"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me@localhost/shop",
        "postgresql://me@127.0.0.1:5433/shop",
        "postgresql://me@[::1]/shop"
      })
  void thisMachineIsReachedWithoutMore(String url) {
    assertEquals("jdbc:" + url.replace("me@", ""), DatabaseUrl.parse("--db-url", url).jdbcUrl());
  }

  @Test
  void noPasswordIsEverShown() {
    String jdbc = "jdbc:postgresql://localhost/shop?user=me&password=secret";
    assertFalse(DatabaseUrl.parse("--db-url", jdbc).toString().contains("secret"));
    var thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> DatabaseUrl.parse("--db-url", "postgresql://me:se cret@host/x"));
    assertFalse(String.valueOf(thrown.getMessage()).contains("cret"));
  }
}
