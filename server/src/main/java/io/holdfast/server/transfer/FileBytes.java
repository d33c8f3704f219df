package io.holdfast.server.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The bytes of a file as they come in, counted and digested.
final class FileBytes extends FilterInputStream {
  static final long MAX_BYTES = 64L << 20;

  private final MessageDigest digest;
  private long count;

  FileBytes(InputStream in) {
    super(in);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// There are more of them than a file may have.
  static final class TooMany extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    if (read > 0) {
      count += read;
      if (count > MAX_BYTES) {
        throw new TooMany();
      }
      digest.update(into, from, read);
    }
    return read;
  }

  /// To the end, for a sender that reads no answer before it has sent everything.
  void readRest() throws IOException {
    byte[] buffer = new byte[8_192];
    int read = read(buffer, 0, buffer.length);
    while (read >= 0) {
      read = read(buffer, 0, buffer.length);
    }
  }

  /// Of all that was read.
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
