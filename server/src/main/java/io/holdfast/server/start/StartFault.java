package io.holdfast.server.start;

import io.holdfast.postgres.ClusterFault;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Why the program can't do its work: one line for the person who started it, and a code for the
/// script that did.
final class StartFault extends RuntimeException {
  private final ExitCode exitCode;

  StartFault(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  StartFault(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  ExitCode exitCode() {
    return exitCode;
  }

  static StartFault of(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      switch (t) {
        case StartFault fault -> {
          return fault;
        }
        case ClusterFault fault -> {
          return ofCluster(fault);
        }
        case SQLException e when e.getSQLState() != null -> {
          return ofDatabase(e);
        }
        default -> {}
      }
    }
    return new StartFault(ExitCode.START_FAILED, "could not start: " + oneLine(thrown), thrown);
  }

  private static StartFault ofCluster(ClusterFault fault) {
    ExitCode code =
        switch (fault.code()) {
          case FOLDER_IN_USE -> ExitCode.FOLDER_IN_USE;
          case FOLDER_NOT_WRITABLE -> ExitCode.FOLDER_NOT_WRITABLE;
          case DISK_FULL -> ExitCode.NO_DISK_SPACE;
          case CANNOT_RUN_AS_ROOT, NOT_SUPPORTED_HERE, START_FAILED -> ExitCode.START_FAILED;
        };
    return new StartFault(code, String.valueOf(fault.getMessage()), fault);
  }

  /// Classes of SQLSTATE: 08 no connection, 28 not let in, 3D no such database, 57P not accepting,
  /// 53100 disk full.
  private static StartFault ofDatabase(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.equals("53100")) {
      return new StartFault(ExitCode.NO_DISK_SPACE, "the database has no disk space left", e);
    }
    boolean isUnreachable =
        state.startsWith("08")
            || state.startsWith("28")
            || state.startsWith("3D")
            || state.startsWith("57P");
    return isUnreachable
        ? new StartFault(
            ExitCode.DATABASE_UNREACHABLE, "the database can't be reached: " + oneLine(e), e)
        : new StartFault(ExitCode.START_FAILED, "the database refused: " + oneLine(e), e);
  }

  /// Without the place in PostgreSQL's own source that the driver adds.
  static String oneLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage())
        .replaceAll("\\s+", " ")
        .replaceFirst(" Location: File: .*", "")
        .strip();
  }
}
