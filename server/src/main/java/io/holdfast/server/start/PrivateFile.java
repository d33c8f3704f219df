package io.holdfast.server.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;

/// A file that holds what nobody else may know.
final class PrivateFile {
  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private PrivateFile() {}

  static void require(Path file) {
    if (!isPrivate(file)) {
      throw new StartFault(ExitCode.USAGE, file + " can be read by others: chmod 600 " + file);
    }
  }

  static boolean isPrivate(Path file) {
    try {
      return Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
