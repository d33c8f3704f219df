package io.holdfast.stock.transaction;

import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockedLine;
import io.holdfast.stock.store.Transactions;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads an effect's fields as they were written in a format. The first format knew of no safety
/// stock, nothing missing of a reservation and no commit in part, and counted lines in two bytes.
///
/// @param format which one
record AnswerReader(DataInputStream in, int format) {

  Outcome.Effect read() throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case 'r' -> {
        Ending made = readEnding();
        List<Line> missing = format == 1 ? List.of() : readLines();
        Customer customer = readCustomer();
        yield new Outcome.Reserved(made.id, made.lines, missing, customer, made.at, readInstant());
      }
      case 'p' -> {
        Ending made = readEnding();
        yield new Outcome.Purchased(made.id, made.lines, readCustomer(), made.at);
      }
      case 'h' -> {
        Ending changed = readEnding();
        long version = in.readLong();
        yield new Outcome.Changed(changed.id, version, changed.lines, changed.at, readInstant());
      }
      case 'c' -> {
        Ending ended = readEnding();
        yield format == 1
            ? new Outcome.Committed(ended.id, ended.lines, ended.at)
            : new Outcome.Committed(
                ended.id, ended.lines, readStocked(), in.readBoolean(), ended.at);
      }
      case 'l' -> {
        Ending ended = readEnding();
        yield new Outcome.Released(ended.id, ended.lines, ended.at);
      }
      case 'e' -> {
        Ending ended = readEnding();
        yield new Outcome.Expired(ended.id, ended.lines, ended.at);
      }
      case 'b' -> {
        Ending back = readEnding();
        yield new Outcome.Returned(back.id, back.lines, readReason(), back.at);
      }
      case 'x' -> new Outcome.Extended(readId(), readInstant(), readInstant());
      case 'i' -> new Outcome.Received(readLine(), readReason(), readInstant());
      case 'a' ->
          new Outcome.Adjusted(
              readSku(),
              readLocation(),
              in.readLong(),
              readCount(),
              new Reason(in.readUTF()),
              readInstant());
      case 'n' ->
          new Outcome.Counted(
              readSku(), readLocation(), in.readLong(), readCount(), readReason(), readInstant());
      case 't' -> new Outcome.Transferred(readLine(), readLine(), readReason(), readInstant());
      case 'k' ->
          new Outcome.Corrected(
              readSku(),
              readLocation(),
              in.readLong(),
              readCount(),
              new Reason(in.readUTF()),
              readInstant());
      case 's' ->
          new Outcome.SafetyStockSet(
              readSku(), readLocation(), readCount(), readReason(), readInstant());
      case 'g' -> new Outcome.DoneTogether(readEffects());
      default -> throw new IllegalStateException("an answer of the unknown kind " + kind);
    };
  }

  private List<Outcome.Effect> readEffects() throws IOException {
    int size = in.readInt();
    List<Outcome.Effect> effects = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      effects.add(read());
    }
    return effects;
  }

  /// What everything about a reservation's lines has in common.
  private record Ending(ReservationId id, List<StockedLine> lines, Instant at) {}

  private Ending readEnding() throws IOException {
    return new Ending(readId(), readStocked(), readInstant());
  }

  private Sku readSku() throws IOException {
    return new Sku(in.readUTF());
  }

  private LocationId readLocation() throws IOException {
    return new LocationId(in.readUTF());
  }

  private ReservationId readId() throws IOException {
    return new ReservationId(new UUID(in.readLong(), in.readLong()));
  }

  private Instant readInstant() throws IOException {
    return Transactions.instant(in.readLong());
  }

  private List<StockedLine> readStocked() throws IOException {
    int size = format == 1 ? in.readUnsignedShort() : in.readInt();
    List<StockedLine> lines = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      lines.add(readLine());
    }
    return lines;
  }

  private StockedLine readLine() throws IOException {
    return new StockedLine(
        readSku(), readLocation(), in.readLong(), in.readBoolean() ? readCount() : null);
  }

  private List<Line> readLines() throws IOException {
    int size = in.readInt();
    List<Line> lines = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Sku sku = readSku();
      String location = readText();
      lines.add(new Line(sku, location == null ? null : new LocationId(location), in.readLong()));
    }
    return lines;
  }

  private StockCount readCount() throws IOException {
    return new StockCount(
        in.readLong(), in.readLong(), in.readLong(), format == 1 ? 0 : in.readLong());
  }

  private @Nullable Customer readCustomer() throws IOException {
    String reference = readText();
    return reference == null ? null : new Customer(reference);
  }

  private @Nullable Reason readReason() throws IOException {
    String reason = readText();
    return reason == null ? null : new Reason(reason);
  }

  private @Nullable String readText() throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
