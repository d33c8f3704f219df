package io.holdfast.server.asvs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// The pages of the repository and their sections, by the names that a link to them has.
final class Documents {
  private final Path repository;

  Documents(Path repository) {
    this.repository = repository;
  }

  /// @param name `docs/page.md#section`
  boolean has(String name) {
    String[] parts = name.split("#", -1);
    Path page = repository.resolve(parts[0]);
    return parts.length == 2
        && Files.isRegularFile(page)
        && sections(page).anyMatch(parts[1]::equals);
  }

  private static Stream<String> sections(Path page) {
    try {
      return Files.readAllLines(page).stream()
          .filter(line -> line.matches("#+ .*"))
          .map(line -> anchor(line.replaceFirst("#+ ", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }
}
