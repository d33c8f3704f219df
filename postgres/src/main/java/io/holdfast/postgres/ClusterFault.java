package io.holdfast.postgres;

/// Why a cluster could not be opened. The message is one line for a person, and names the folder or
/// says what to do; only [Code#START_FAILED] adds the last lines of the server's log.
public final class ClusterFault extends RuntimeException {
  public enum Code {
    /// Another process has the folder open.
    FOLDER_IN_USE,
    /// The folder can't be made, read or written.
    FOLDER_NOT_WRITABLE,
    /// Less space is left than a start needs.
    DISK_FULL,
    /// PostgreSQL refuses to run as root, and this machine offers no way around.
    CANNOT_RUN_AS_ROOT,
    /// There are no PostgreSQL programs for this system.
    NOT_SUPPORTED_HERE,
    /// Anything else that kept the server from starting.
    START_FAILED
  }

  private final Code code;
  private final String message;

  public ClusterFault(Code code, String message) {
    super(message);
    this.code = code;
    this.message = message;
  }

  public ClusterFault(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.message = message;
  }

  public Code code() {
    return code;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
