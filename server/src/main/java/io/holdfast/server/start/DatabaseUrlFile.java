package io.holdfast.server.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Where the embedded database tells its owner's login, for a second node or a look by hand. Only
/// the owner of the folder can read it.
final class DatabaseUrlFile {
  private DatabaseUrlFile() {}

  static Path in(Path dataFolder) {
    return dataFolder.resolve("database-url");
  }

  static void write(Path dataFolder, DatabaseUrl url) throws IOException {
    Path young = dataFolder.resolve("database-url.new");
    Files.deleteIfExists(young);
    Files.createFile(
        young, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(young, url.libpqUrl() + "\n");
    Files.move(
        young, in(dataFolder), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
