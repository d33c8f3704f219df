package io.holdfast.stock.transaction;

import io.holdfast.stock.Customer;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockedLine;
import io.holdfast.stock.store.Transactions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The answer to a request with an idempotency key, as it is kept beside the key: a format byte,
/// the kind of effect, and its fields in the order of the record. A later version reads all
/// formats.
final class AnswerBytes {
  private static final int FORMAT = 1;

  private AnswerBytes() {}

  static byte[] of(Outcome.Effect effect) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      write(out, effect);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail to be written", e);
    }
    return bytes.toByteArray();
  }

  static Outcome.Effect read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalStateException("an answer of the unknown format " + format);
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("an answer that breaks off", e);
    }
  }

  private static void write(DataOutputStream out, Outcome.Effect effect) throws IOException {
    switch (effect) {
      case Outcome.Reserved reserved -> {
        out.writeByte('r');
        writeEnding(out, reserved.reservation(), reserved.lines(), reserved.at());
        writeCustomer(out, reserved.customer());
        writeInstant(out, reserved.expiresAt());
      }
      case Outcome.Purchased purchased -> {
        out.writeByte('p');
        writeEnding(out, purchased.reservation(), purchased.lines(), purchased.at());
        writeCustomer(out, purchased.customer());
      }
      case Outcome.Committed(ReservationId id, List<StockedLine> lines, Instant at) -> {
        out.writeByte('c');
        writeEnding(out, id, lines, at);
      }
      case Outcome.Released(ReservationId id, List<StockedLine> lines, Instant at) -> {
        out.writeByte('l');
        writeEnding(out, id, lines, at);
      }
      case Outcome.Expired(ReservationId id, List<StockedLine> lines, Instant at) -> {
        out.writeByte('e');
        writeEnding(out, id, lines, at);
      }
      case Outcome.Extended(ReservationId id, Instant at, Instant expiresAt) -> {
        out.writeByte('x');
        writeId(out, id);
        writeInstant(out, at);
        writeInstant(out, expiresAt);
      }
      case Outcome.Received(StockedLine line, @Nullable Reason reason, Instant at) -> {
        out.writeByte('i');
        writeLine(out, line);
        writeText(out, reason == null ? null : reason.text());
        writeInstant(out, at);
      }
      case Outcome.Adjusted adjusted -> {
        out.writeByte('a');
        out.writeUTF(adjusted.sku().value());
        out.writeUTF(adjusted.location().value());
        out.writeLong(adjusted.change());
        writeCount(out, adjusted.after());
        out.writeUTF(adjusted.reason().text());
        writeInstant(out, adjusted.at());
      }
    }
  }

  private static Outcome.Effect read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case 'r' -> {
        Ending made = readEnding(in);
        Customer customer = readCustomer(in);
        yield new Outcome.Reserved(made.id, made.lines, customer, made.at, readInstant(in));
      }
      case 'p' -> {
        Ending made = readEnding(in);
        yield new Outcome.Purchased(made.id, made.lines, readCustomer(in), made.at);
      }
      case 'c' -> {
        Ending ended = readEnding(in);
        yield new Outcome.Committed(ended.id, ended.lines, ended.at);
      }
      case 'l' -> {
        Ending ended = readEnding(in);
        yield new Outcome.Released(ended.id, ended.lines, ended.at);
      }
      case 'e' -> {
        Ending ended = readEnding(in);
        yield new Outcome.Expired(ended.id, ended.lines, ended.at);
      }
      case 'x' -> new Outcome.Extended(readId(in), readInstant(in), readInstant(in));
      case 'i' -> {
        StockedLine line = readLine(in);
        String reason = readText(in);
        yield new Outcome.Received(
            line, reason == null ? null : new Reason(reason), readInstant(in));
      }
      case 'a' ->
          new Outcome.Adjusted(
              new Sku(in.readUTF()),
              new LocationId(in.readUTF()),
              in.readLong(),
              readCount(in),
              new Reason(in.readUTF()),
              readInstant(in));
      default -> throw new IllegalStateException("an answer of the unknown kind " + kind);
    };
  }

  /// What reserving, purchasing and every way of ending have in common.
  private record Ending(ReservationId id, List<StockedLine> lines, Instant at) {}

  private static void writeEnding(
      DataOutputStream out, ReservationId id, List<StockedLine> lines, Instant at)
      throws IOException {
    writeId(out, id);
    out.writeShort(lines.size());
    for (StockedLine line : lines) {
      writeLine(out, line);
    }
    writeInstant(out, at);
  }

  private static Ending readEnding(DataInputStream in) throws IOException {
    ReservationId id = readId(in);
    int size = in.readUnsignedShort();
    List<StockedLine> lines = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      lines.add(readLine(in));
    }
    return new Ending(id, lines, readInstant(in));
  }

  private static void writeId(DataOutputStream out, ReservationId id) throws IOException {
    out.writeLong(id.value().getMostSignificantBits());
    out.writeLong(id.value().getLeastSignificantBits());
  }

  private static ReservationId readId(DataInputStream in) throws IOException {
    return new ReservationId(new UUID(in.readLong(), in.readLong()));
  }

  private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
    out.writeLong(Transactions.micros(instant));
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Transactions.instant(in.readLong());
  }

  private static void writeLine(DataOutputStream out, StockedLine line) throws IOException {
    out.writeUTF(line.sku().value());
    out.writeUTF(line.location().value());
    out.writeLong(line.quantity());
    StockCount after = line.after();
    out.writeBoolean(after != null);
    if (after != null) {
      writeCount(out, after);
    }
  }

  private static StockedLine readLine(DataInputStream in) throws IOException {
    return new StockedLine(
        new Sku(in.readUTF()),
        new LocationId(in.readUTF()),
        in.readLong(),
        in.readBoolean() ? readCount(in) : null);
  }

  private static void writeCount(DataOutputStream out, StockCount count) throws IOException {
    out.writeLong(count.onHand());
    out.writeLong(count.reserved());
    out.writeLong(count.version());
  }

  private static StockCount readCount(DataInputStream in) throws IOException {
    return new StockCount(in.readLong(), in.readLong(), in.readLong());
  }

  private static void writeCustomer(DataOutputStream out, @Nullable Customer customer)
      throws IOException {
    writeText(out, customer == null ? null : customer.reference());
  }

  private static @Nullable Customer readCustomer(DataInputStream in) throws IOException {
    String reference = readText(in);
    return reference == null ? null : new Customer(reference);
  }

  private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static @Nullable String readText(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
