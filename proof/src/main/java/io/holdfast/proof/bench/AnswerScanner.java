package io.holdfast.proof.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Finds the end of an answer in what has arrived so far. It looks at the status and the length
/// only: the load shares the machine with what it measures.
final class AnswerScanner {

  /// Not all there yet.
  static final int INCOMPLETE = -1;

  private static final int STATUS_AT = 9;
  private static final String LENGTH = "\r\ncontent-length:";

  private AnswerScanner() {}

  /// The status of the answer that the buffer starts with, once it is whole.
  static int status(ByteBuffer arrived) throws IOException {
    int headEnd = headEnd(arrived);
    if (headEnd < 0) {
      return INCOMPLETE;
    }
    byte[] bytes = new byte[headEnd];
    arrived.get(0, bytes);
    String head = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("an answer that does not say how long it is");
    }
    int lineEnd = head.indexOf("\r\n", at + LENGTH.length());
    int length =
        Integer.parseInt(
            head.substring(at + LENGTH.length(), lineEnd < 0 ? headEnd : lineEnd).strip());
    boolean isWhole = arrived.position() >= headEnd + 4 + length;
    return isWhole ? Integer.parseInt(head.substring(STATUS_AT, STATUS_AT + 3)) : INCOMPLETE;
  }

  private static int headEnd(ByteBuffer arrived) {
    for (int i = 0; i + 3 < arrived.position(); i++) {
      if (arrived.get(i) == '\r' && arrived.get(i + 2) == '\r' && arrived.get(i + 3) == '\n') {
        return i;
      }
    }
    return -1;
  }
}
