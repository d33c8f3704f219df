package io.holdfast.postgres.binaries;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder for what can be made again, by the custom of the system.
final class CacheFolder {
  private CacheFolder() {}

  static Optional<Path> ofUser() {
    String named = System.getenv("XDG_CACHE_HOME");
    if (named != null && Path.of(named).isAbsolute()) {
      return Optional.of(Path.of(named, "holdfast"));
    }
    Path home = Path.of(System.getProperty("user.home", ""));
    if (!home.isAbsolute() || !Files.isDirectory(home)) {
      return Optional.empty();
    }
    Path library = home.resolve("Library/Caches");
    return Optional.of(
        (Files.isDirectory(library) ? library : home.resolve(".cache")).resolve("holdfast"));
  }
}
