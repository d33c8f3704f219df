package io.holdfast.stock.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The SHA-256 of heads in their order, each as a line of an exported file.
final class HeadsHash {
  private final MessageDigest digest = Signing.sha256();
  private long levels;
  private long movements;

  void add(Head head) {
    addLine(head.line());
    movements = Math.addExact(movements, head.position());
  }

  private void addLine(String line) {
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    levels++;
  }

  long levels() {
    return levels;
  }

  /// A level's movements are numbered from 1, so its newest tells how many there are.
  long movements() {
    return movements;
  }

  /// The end; nothing can be added any more.
  byte[] value() {
    return digest.digest();
  }
}
