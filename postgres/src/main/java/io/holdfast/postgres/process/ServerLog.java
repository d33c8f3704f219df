package io.holdfast.postgres.process;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The file that the server appends its log to. It has a bound: past it the content moves to a
/// second file, which takes the place of the one before.
public final class ServerLog {
  private static final long MAX_BYTES = 8L << 20;
  private static final int LAST_LINES = 12;

  private final Path file;

  public ServerLog(Path file) {
    this.file = file;
  }

  long length() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /// What was logged from `start` on.
  String since(long start) {
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(Math.min(start, length()));
      return new String(in.readNBytes((int) MAX_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  static String lastLines(String log) {
    List<String> lines = log.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /// The server keeps the file open for appending, so it is copied and cut rather than renamed.
  void bound() throws IOException {
    if (length() > MAX_BYTES) {
      Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), REPLACE_EXISTING);
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
    }
  }
}
