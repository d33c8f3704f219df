package io.holdfast.stock.testing.library;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.stock.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// The engine is a module of Java and JDBC that shows its public API and nothing else.
class ModuleTest {
  private static final String MODULE =
      """
      module embedder {
        requires io.holdfast.stock;
        requires java.naming;
        requires org.postgresql.jdbc;
      }
      """;

  private static final String PROGRAM =
      """
      package embedder;

      import io.holdfast.stock.*;
      import java.util.List;
      import org.postgresql.ds.PGSimpleDataSource;

      public class Main {
        public static void main(String[] args) {
          PGSimpleDataSource database = new PGSimpleDataSource();
          database.setUrl(args[0]);
          try (StockEngine engine =
              StockEngine.open(database, EngineSettings.of(Control.COMBINED))) {
            Command purchase = new Command.Purchase(List.of(Line.of("tea", 1)), null);
            Call call = Call.by(new TenantId(1_000_000), new Actor("embedder"));
            Answer answer = engine.submit(purchase, call).toCompletableFuture().join();
            System.out.print(StockEngine.class.getModule() + " says " + answer.outcome());
          }
        }
      }
      """;

  private final ModuleDescriptor module = StockModule.descriptor();

  @Test
  void needsJavaAndJdbcOnly() {
    Map<String, Set<Modifier>> needed =
        module.requires().stream().collect(toMap(Requires::name, Requires::modifiers));
    assertEquals(
        Map.of(
            "java.base", Set.of(Modifier.MANDATED),
            "java.sql", Set.of(Modifier.TRANSITIVE),
            "org.jspecify", Set.of(Modifier.STATIC)),
        needed);
  }

  @Test
  void showsItsPublicApiAndOpensNothing() {
    assertEquals(
        Set.of(StockModule.NAME),
        module.exports().stream().map(Exports::toString).collect(toSet()));
    assertEquals(Set.of(), module.opens());
  }

  /// Compiled and run with the engine, the driver and no further jar.
  @Test
  void runsInAProgramOfModules(@TempDir Path folder)
      throws IOException, InterruptedException, URISyntaxException {
    String needed = StockModule.place() + File.pathSeparator + driver();
    Sources.compile(
        Map.of("module-info.java", MODULE, "embedder/Main.java", PROGRAM),
        folder,
        // The driver is no module by itself.
        "-Xlint:-requires-automatic",
        "--module-path",
        needed);
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                folder + File.pathSeparator + needed,
                "--module",
                "embedder/embedder.Main",
                TestDatabase.shared().url())
            .redirectErrorStream(true)
            .start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("module io.holdfast.stock says UnknownItem[sku=tea]", said);
    assertEquals(0, program.waitFor());
  }

  private static Path driver() throws URISyntaxException {
    return Path.of(
        PGSimpleDataSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
