package io.holdfast.stock.decide;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A row as bytes that no other row has, to be hashed: numbers in 8 bytes, big-endian; a text in
/// UTF-8 with its length before it in 4, and -1 for none. Used again and again, by one thread.
public final class RowBytes {
  private ByteBuffer row = ByteBuffer.allocate(1_024);

  public RowBytes clear() {
    row.clear();
    return this;
  }

  public RowBytes number(long number) {
    reserve(Long.BYTES);
    row.putLong(number);
    return this;
  }

  /// Goes before what may be missing.
  public RowBytes isThere(boolean isThere) {
    reserve(1);
    row.put((byte) (isThere ? 1 : 0));
    return this;
  }

  public RowBytes text(@Nullable String text) {
    return bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  public RowBytes bytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      reserve(Integer.BYTES);
      row.putInt(-1);
    } else {
      reserve(Integer.BYTES + bytes.length);
      row.putInt(bytes.length).put(bytes);
    }
    return this;
  }

  private void reserve(int bytes) {
    if (row.remaining() < bytes) {
      row = ByteBuffer.allocate(row.capacity() * 2 + bytes).put(row.flip());
    }
  }

  public void addTo(MessageDigest digest) {
    digest.update(row.array(), 0, row.position());
  }

  public byte[] toBytes() {
    return Arrays.copyOf(row.array(), row.position());
  }
}
