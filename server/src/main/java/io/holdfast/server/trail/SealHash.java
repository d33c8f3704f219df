package io.holdfast.server.trail;

import io.holdfast.stock.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The hash chain of a tenant's trail: each hash is the SHA-256 of the one before it, of its seal
/// and of its entry, so an entry that is changed, removed, slipped in or moved breaks it.
///
/// The canonical form: tenant, sequence, the instant of sealing, entry, times, the instant of
/// recording (each 8 bytes, big-endian; instants in microseconds since 1970); then outcome,
/// operation, actor, request, address, the subject's kind and name, needs, before and after (each 4
/// bytes of length in UTF-8 and the bytes; length -1 for none).
final class SealHash {
  static final int BYTES = 32;

  private final MessageDigest digest;

  SealHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// What stands before a tenant's first seal.
  static byte[] start() {
    return new byte[BYTES];
  }

  /// Not safe for threads: an instance belongs to one.
  ///
  /// @param sealedAt of microsecond precision, as the database keeps it
  byte[] next(
      byte[] previous, TenantId tenant, long sequence, Instant sealedAt, StoredEntry entry) {
    digest.update(previous);
    number(tenant.value());
    number(sequence);
    instant(sealedAt);
    number(entry.id());
    number(entry.times());
    instant(entry.recordedAt());
    text(entry.outcome());
    text(entry.operation());
    text(entry.actor());
    text(entry.requestId());
    text(entry.address());
    text(entry.subjectKind());
    text(entry.subjectName());
    text(entry.needs());
    text(entry.before());
    text(entry.after());
    return digest.digest();
  }

  private void number(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
  }

  private void instant(Instant instant) {
    number(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }

  private void text(@Nullable String text) {
    if (text == null) {
      length(-1);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      length(bytes.length);
      digest.update(bytes);
    }
  }

  private void length(int length) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
  }
}
