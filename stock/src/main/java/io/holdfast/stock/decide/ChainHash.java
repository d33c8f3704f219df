package io.holdfast.stock.decide;

import io.holdfast.stock.ReservationId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The hash chain of a level's movements: each hash is the SHA-256 of the one before it and of the
/// row, so a row that is changed, removed or slipped in breaks every hash after it.
///
/// The row's canonical form: tenant, position, the two changes, the two balances after, the instant
/// in microseconds since 1970 (each 8 bytes, big-endian); the reservation id (1 byte that says
/// whether there is one, then 16 bytes); kind, sku, location, actor, reason (each 4 bytes of length
/// in UTF-8 and the bytes; length -1 for none); and detail in the same form if there is one. Rows
/// had no detail at first, and one that has none is hashed as it was then.
public final class ChainHash {
  public static final int BYTES = 32;

  private final MessageDigest digest;
  private final RowBytes row = new RowBytes();

  public ChainHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// What stands before a level's first movement.
  public static byte[] start() {
    return new byte[BYTES];
  }

  /// Whatever stands in a row has a hash, also what the application would never have written.
  ///
  /// @param recordedAt of microsecond precision, as the database keeps it
  public record Row(
      long tenant,
      String sku,
      String location,
      long position,
      long onHandChange,
      long reservedChange,
      long onHandAfter,
      long reservedAfter,
      Instant recordedAt,
      @Nullable ReservationId reservation,
      String kind,
      String actor,
      @Nullable String reason,
      @Nullable String detail) {}

  /// Not safe for threads: an instance belongs to one.
  public byte[] next(byte[] previous, Row of) {
    row.clear().number(of.tenant).number(of.position);
    row.number(of.onHandChange).number(of.reservedChange);
    row.number(of.onHandAfter).number(of.reservedAfter);
    row.number(ChronoUnit.MICROS.between(Instant.EPOCH, of.recordedAt));
    row.isThere(of.reservation != null);
    if (of.reservation != null) {
      UUID id = of.reservation.value();
      row.number(id.getMostSignificantBits()).number(id.getLeastSignificantBits());
    }
    row.text(of.kind).text(of.sku).text(of.location).text(of.actor).text(of.reason);
    if (of.detail != null) {
      row.text(of.detail);
    }
    digest.update(previous);
    row.addTo(digest);
    return digest.digest();
  }
}
