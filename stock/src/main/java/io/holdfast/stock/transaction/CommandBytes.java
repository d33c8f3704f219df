package io.holdfast.stock.transaction;

import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A command as bytes that no other command has: every field with its length or presence before it.
final class CommandBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

  CommandBytes command(Command command) {
    return switch (command) {
      case Command.Reserve(List<Line> lines, Duration ttl, @Nullable Customer customer) ->
          text("reserve").lines(lines).number(ttl.toNanos()).customer(customer);
      case Command.Purchase(List<Line> lines, @Nullable Customer customer) ->
          text("purchase").lines(lines).customer(customer);
      case Command.Commit(ReservationId reservation) -> text("commit").id(reservation);
      case Command.Release(ReservationId reservation) -> text("release").id(reservation);
      case Command.Expire(ReservationId reservation) -> text("expire").id(reservation);
      case Command.Extend(ReservationId reservation, Duration ttl) ->
          text("extend").id(reservation).number(ttl.toNanos());
      case Command.Receive(Line line, @Nullable Reason reason) ->
          text("receive").lines(List.of(line)).text(reason == null ? null : reason.text());
      case Command.Adjust adjust ->
          text("adjust")
              .text(adjust.sku().value())
              .text(adjust.location().value())
              .number(adjust.change())
              .text(adjust.reason().text());
    };
  }

  CommandBytes text(@Nullable String text) {
    if (text == null) {
      return number(-1);
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  private CommandBytes number(long number) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  private CommandBytes id(ReservationId id) {
    return number(id.value().getMostSignificantBits()).number(id.value().getLeastSignificantBits());
  }

  private CommandBytes lines(List<Line> lines) {
    number(lines.size());
    for (Line line : lines) {
      text(line.sku().value()).text(line.location().value()).number(line.quantity());
    }
    return this;
  }

  private CommandBytes customer(@Nullable Customer customer) {
    return text(customer == null ? null : customer.reference());
  }

  /// The first 128 bits of the SHA-256.
  UUID digest() {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
      return new UUID(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
