package io.holdfast.postgres.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which processes are a server's on this data folder. A process id alone does not tell: after a
/// kill it may name a zombie that nobody reaps, or a stranger that was given the number. All
/// processes of a server have its data folder as their current one, and a zombie has none.
final class DataProcesses {
  private static final Path PROC = Path.of("/proc");

  private final Path data;

  DataProcesses(Path data) {
    this.data = data;
  }

  boolean isRunning(long pid) {
    return ProcessHandle.of(pid).filter(this::isOurs).isPresent();
  }

  /// Those that still run, whoever started them; none where the system does not tell.
  List<ProcessHandle> all() {
    if (!Files.isDirectory(PROC)) {
      return List.of();
    }
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  private boolean isOurs(ProcessHandle process) {
    if (!process.isAlive() || !isPostgres(process)) {
      return false;
    }
    Path current = PROC.resolve(Long.toString(process.pid())).resolve("cwd");
    try {
      return !Files.isDirectory(PROC) || Files.isSameFile(current, data);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    Optional<String> command = process.info().command();
    // The name has a tail when the program was deleted since it was started.
    return command.filter(path -> path.contains("/bin/postgres")).isPresent();
  }
}
