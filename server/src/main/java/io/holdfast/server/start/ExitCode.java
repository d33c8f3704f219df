package io.holdfast.server.start;

/// How the program ended, for scripts.
enum ExitCode {
  CLEAN(0),
  DIFFERENCES_FOUND(1),
  USAGE(2),
  PORT_TAKEN(10),
  FOLDER_IN_USE(11),
  DATABASE_UNREACHABLE(12),
  DATABASE_TOO_OLD(13),
  SCHEMA_NEWER(14),
  FOLDER_NOT_WRITABLE(15),
  NO_DISK_SPACE(16),
  START_FAILED(17),
  REDIS_UNREACHABLE(18);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
