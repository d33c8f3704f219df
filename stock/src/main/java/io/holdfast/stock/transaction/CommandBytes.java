package io.holdfast.stock.transaction;

import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
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

  /// What a command had before it could do more keeps the bytes that it had then: a key from that
  /// time still knows its request.
  CommandBytes command(Command command) {
    return switch (command) {
      case Command.Reserve reserve ->
          text("reserve")
              .lines(reserve.lines())
              .number(reserve.ttl().toNanos())
              .customer(reserve.customer())
              .ifSo(reserve.isPartial(), "partial")
              .ifSo(reserve.replaces() != null, "replaces")
              .idOrNothing(reserve.replaces());
      case Command.Purchase(List<Line> lines, @Nullable Customer customer) ->
          text("purchase").lines(lines).customer(customer);
      case Command.Change(ReservationId id, List<Line> lines, @Nullable Long expected) ->
          text("change").id(id).lines(lines).number(expected == null ? -1 : expected);
      case Command.Commit(ReservationId id, List<Line> part) ->
          part.isEmpty() ? text("commit").id(id) : text("commit").id(id).lines(part);
      case Command.Release(ReservationId reservation) -> text("release").id(reservation);
      case Command.Expire(ReservationId reservation) -> text("expire").id(reservation);
      case Command.Extend(ReservationId reservation, Duration ttl) ->
          text("extend").id(reservation).number(ttl.toNanos());
      case Command.Return(ReservationId id, List<Line> lines, @Nullable Reason reason) ->
          text("return").id(id).lines(lines).reason(reason);
      case Command.Receive receive ->
          text("receive")
              .number(1)
              .level(receive.sku(), receive.location())
              .number(receive.quantity())
              .reason(receive.reason());
      case Command.Adjust adjust ->
          text("adjust")
              .level(adjust.sku(), adjust.location())
              .number(adjust.change())
              .reason(adjust.reason());
      case Command.Count count ->
          text("count")
              .level(count.sku(), count.location())
              .number(count.onHand())
              .number(count.expectedVersion())
              .reason(count.reason());
      case Command.Transfer transfer ->
          text("transfer")
              .level(transfer.sku(), transfer.from())
              .text(transfer.to().value())
              .number(transfer.quantity())
              .reason(transfer.reason());
      case Command.SetSafetyStock set ->
          text("safety_stock")
              .level(set.sku(), set.location())
              .number(set.safetyStock())
              .reason(set.reason());
      case Command.Correct correct ->
          text("correct")
              .level(correct.sku(), correct.location())
              .number(correct.onHand())
              .reason(correct.reason());
      case Command.Together(List<Command> parts) -> text("together").parts(parts);
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

  private CommandBytes idOrNothing(@Nullable ReservationId id) {
    return id == null ? this : id(id);
  }

  private CommandBytes ifSo(boolean isSo, String word) {
    return isSo ? text(word) : this;
  }

  private CommandBytes level(Sku sku, LocationId location) {
    return text(sku.value()).text(location.value());
  }

  private CommandBytes reason(@Nullable Reason reason) {
    return text(reason == null ? null : reason.text());
  }

  private CommandBytes lines(List<Line> lines) {
    number(lines.size());
    for (Line line : lines) {
      LocationId location = line.location();
      text(line.sku().value()).text(location == null ? null : location.value());
      number(line.quantity());
    }
    return this;
  }

  private CommandBytes parts(List<Command> parts) {
    number(parts.size());
    for (Command part : parts) {
      byte[] whole = new CommandBytes().command(part).bytes.toByteArray();
      number(whole.length);
      bytes.writeBytes(whole);
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
