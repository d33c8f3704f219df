package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("..", "stock", "src", "main", "resources", "io/holdfast/stock/schema"),
          Path.of("src", "main", "resources", "io/holdfast/server/schema"));

  @Test
  void everyScriptIsKnown() throws IOException {
    assertEquals(
        scripts().map(script -> script.getFileName().toString()).sorted().toList(),
        Migrations.SCRIPTS.stream().sorted().toList());
  }

  @Test
  void everyScriptSaysWhyAndWhatItLocks() throws IOException {
    for (Path script : scripts().toList()) {
      String text = Files.readString(script);
      assertTrue(text.startsWith("-- Why: ") && text.contains("-- Locks: "), script.toString());
    }
  }

  private static Stream<Path> scripts() throws IOException {
    Stream<Path> all = Stream.empty();
    for (Path folder : FOLDERS) {
      try (Stream<Path> files = Files.list(folder)) {
        all = Stream.concat(all, files.toList().stream());
      }
    }
    return all;
  }
}
