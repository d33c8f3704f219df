package io.holdfast.server.transfer;

/// Past a place nothing more can be read of a file, or its header says nothing. What it says is for
/// people, and names the line.
final class UnreadableFile extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableFile(long line, String message) {
    super("line " + line + " " + message, null, false, false);
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
