package io.holdfast.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Which process runs in a folder, for whoever comes after the one that started it: its id, and
/// when it began, since an id may be another process's by then.
record PidFile(Path path) {
  private static final int END_SECONDS_MAX = 10;

  static PidFile in(Path folder) {
    return new PidFile(folder.resolve("redis.pid"));
  }

  void write(ProcessHandle process) throws IOException {
    Files.writeString(path, process.pid() + " " + begun(process), StandardCharsets.US_ASCII);
  }

  /// Ends the process if it still runs, and waits for its end.
  void end() throws IOException {
    Optional<ProcessHandle> process = process();
    if (process.isPresent()) {
      process.get().destroyForcibly();
      process.get().onExit().orTimeout(END_SECONDS_MAX, TimeUnit.SECONDS).join();
    }
  }

  private Optional<ProcessHandle> process() throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    String[] words = Files.readString(path, StandardCharsets.US_ASCII).strip().split(" ", 2);
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(process -> begun(process).equals(words[1]));
  }

  private static String begun(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
