package io.holdfast.server.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// The characters of a file in UTF-8, with or without a byte order mark. Bytes that are none become
/// a character that no text can have, so that the line can be told.
final class FileText extends Reader {
  /// Half of a pair.
  static final char BROKEN = '\uDC80';

  /// Characters of one record, however its lines are broken.
  static final int MAX_RECORD = 1 << 18;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Reader text;
  private long read;
  private long recordBegan;

  FileText(InputStream bytes) throws IOException {
    PushbackReader reader =
        new PushbackReader(
            new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .replaceWith(String.valueOf(BROKEN))));
    int first = reader.read();
    if (first != -1 && first != BYTE_ORDER_MARK) {
      reader.unread(first);
    }
    this.text = reader;
  }

  /// A record may have all the characters that there may be of one from here on.
  void beginRecord() {
    recordBegan = read;
  }

  /// Whether more was read since than one record may have.
  boolean isTooLong() {
    return read - recordBegan > MAX_RECORD;
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    if (isTooLong()) {
      throw new IOException("a record has more than " + MAX_RECORD + " characters");
    }
    int count = text.read(into, from, length);
    read += Math.max(0, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
