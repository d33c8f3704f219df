package io.holdfast.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A data folder for one test, made to be thrown away.
final class DataFolder {
  private DataFolder() {}

  static Path fresh() throws IOException {
    Path folder = Files.createTempDirectory("holdfast-test");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  static String key(Path folder, String slug) throws IOException {
    return Files.readAllLines(folder.resolve("credentials")).stream()
        .filter(line -> line.startsWith(slug + "="))
        .map(line -> line.substring(slug.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  static String databaseUrl(Path folder) throws IOException {
    String url = "jdbc:" + Files.readString(folder.resolve("database-url")).strip();
    Secrets.addOfUrl(url);
    return url;
  }

  /// Of the login that no row-level security stops.
  static String superuserUrl(Path folder) throws IOException {
    String password = Files.readString(folder.resolve("postgres.password")).strip();
    return databaseUrl(folder).replaceFirst("\\?.*", "?user=postgres&password=" + password);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
