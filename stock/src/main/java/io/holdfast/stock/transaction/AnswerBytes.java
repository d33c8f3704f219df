package io.holdfast.stock.transaction;

import io.holdfast.stock.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The answer to a request with an idempotency key, as it is kept beside the key: a format byte,
/// the kind of effect, and its fields in the order of the record. A later version reads all
/// formats.
final class AnswerBytes {
  private static final int FORMAT = 2;

  private AnswerBytes() {}

  static byte[] of(Outcome.Effect effect) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      new AnswerWriter(out).write(effect);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail to be written", e);
    }
    return bytes.toByteArray();
  }

  static Outcome.Effect read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format < 1 || format > FORMAT) {
        throw new IllegalStateException("an answer of the unknown format " + format);
      }
      return new AnswerReader(in, format).read();
    } catch (IOException e) {
      throw new UncheckedIOException("an answer that breaks off", e);
    }
  }
}
