package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DatabaseUrlTest {

  @Test
  void bothFormsMeanTheSamePlace() {
    DatabaseUrl url = DatabaseUrl.parse("--db-url", "postgresql://me:p%40ss+@host:5433/shop?a=b");
    assertEquals("jdbc:postgresql://host:5433/shop?a=b", url.jdbcUrl());
    assertEquals("me", url.user().orElseThrow());
    assertEquals("p@ss+", url.password().orElseThrow());
    String jdbc = "jdbc:postgresql://host/shop?user=me&password=secret";
    assertEquals(jdbc, DatabaseUrl.parse("--db-url", jdbc).jdbcUrl());
  }

  @Test
  void noPasswordIsEverShown() {
    String jdbc = "jdbc:postgresql://host/shop?user=me&password=secret";
    assertFalse(DatabaseUrl.parse("--db-url", jdbc).toString().contains("secret"));
    var thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> DatabaseUrl.parse("--db-url", "postgresql://me:se cret@host/x"));
    assertFalse(String.valueOf(thrown.getMessage()).contains("cret"));
  }
}
