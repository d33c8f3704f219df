package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a node is made of besides its own code is written down, and nothing comes in unseen.
class DependenciesTest {
  private static final Path PACKAGED = Path.of("target", "quarkus-app", "lib");
  private static final Path LIST = Path.of("..", "docs", "reference", "dependencies.txt");

  @Test
  void theListIsWhatIsPackaged() throws IOException {
    List<String> packaged = packaged();
    Files.write(Path.of("target", "dependencies.txt"), packaged);
    assertEquals(
        Files.readAllLines(LIST),
        packaged,
        "look at what is new, and put server/target/dependencies.txt into docs/reference");
  }

  private static List<String> packaged() throws IOException {
    try (Stream<Path> files = Files.walk(PACKAGED)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar") && !name.startsWith("io.holdfast."))
          // Which of these there is depends on the machine that builds.
          .filter(name -> !name.contains(".native-"))
          .sorted()
          .toList();
    }
  }
}
