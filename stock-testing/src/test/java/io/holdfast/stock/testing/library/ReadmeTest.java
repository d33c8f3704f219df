package io.holdfast.stock.testing.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README shows works as it stands there.
class ReadmeTest {
  private static final Path README = Path.of("..", "stock", "README.md");
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!http)([^)#]+)\\)");
  private static final Predicate<String> IMPORT = line -> line.startsWith("import ");
  private static final TenantId SHOP = new TenantId(1);

  private final String readme;

  ReadmeTest() throws IOException {
    readme = Files.readString(README);
  }

  /// In a database that knows nothing of the engine, with the engine's own jar and no further one.
  @Test
  void itsSnippetsRunOneAfterTheOther(@TempDir Path folder) throws Exception {
    compile(folder);
    TestDatabase database = TestDatabase.shared().empty("readme");
    try (HikariDataSource pool = database.pool(14);
        URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader
          .loadClass("Readme")
          .getMethod("run", DataSource.class, DataSource.class)
          .invoke(null, database.owner(), pool);
      assertEquals(
          new StockCount(7, 0, 4),
          StockReader.of(pool).item(SHOP, new Sku("tea")).orElseThrow().levels().getFirst().count(),
          "ten are received, two reserved, two committed and one purchased");
      try (Connection connection = pool.getConnection()) {
        assertEquals(List.of(), StockVerifier.create().verifySchema(connection));
        assertEquals(List.of(), StockVerifier.create().verifyTenant(connection, SHOP));
      }
    }
  }

  /// What comes before the first time stands second: a reader wants to see the point first.
  private void compile(Path folder) {
    List<String> snippets =
        SNIPPET.matcher(readme).results().map(snippet -> snippet.group(1)).toList();
    assertEquals(3, snippets.size());
    List<String> lines =
        List.of(snippets.get(1), snippets.get(0), snippets.get(2)).stream()
            .flatMap(String::lines)
            .toList();
    String imports = lines.stream().filter(IMPORT).collect(Collectors.joining("\n"));
    String body = lines.stream().filter(IMPORT.negate()).collect(Collectors.joining("\n"));
    String program =
        """
        %s
        public class Readme {
          public static void run(DataSource owner, DataSource database) throws Exception {
        %s
          }
        }
        """
            .formatted(imports, body);
    Sources.compile(
        Map.of("Readme.java", program),
        folder,
        "--class-path",
        StockModule.place() + File.pathSeparator);
  }

  @Test
  void showsAReservationInTenLinesOrAFewMore() {
    String first = SNIPPET.matcher(readme).results().findFirst().orElseThrow().group(1);
    assertTrue(first.lines().count() <= 12, first);
  }

  @Test
  void itsLinksLeadToFiles() {
    List<String> broken =
        LINK.matcher(readme)
            .results()
            .map(MatchResult::group)
            .map(link -> link.substring(2, link.length() - 1))
            .filter(link -> !Files.exists(README.resolveSibling(URI.create(link).getPath())))
            .toList();
    assertEquals(List.of(), broken);
  }
}
