package io.holdfast.postgres.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `postmaster.pid` says: the server's process and where it listens. It outlives a server that
/// was killed.
record PidFile(long pid, int port) {
  private static final int PORT_LINE = 3;

  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  /// Empty when there is none, or when it is just being written.
  static Optional<PidFile> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(in(data));
      if (lines.size() <= PORT_LINE) {
        return Optional.empty();
      }
      // A server for a single user writes its process id as a negative number.
      return Optional.of(
          new PidFile(
              Math.abs(Long.parseLong(lines.getFirst().strip())),
              Integer.parseInt(lines.get(PORT_LINE).strip())));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
