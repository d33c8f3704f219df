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
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes an effect's fields in the newest format.
record AnswerWriter(DataOutputStream out) {

  void write(Outcome.Effect effect) throws IOException {
    switch (effect) {
      case Outcome.Reserved reserved -> {
        writeEnding('r', reserved.reservation(), reserved.lines(), reserved.at());
        writeLines(reserved.missing());
        writeCustomer(reserved.customer());
        writeInstant(reserved.expiresAt());
      }
      case Outcome.Purchased purchased -> {
        writeEnding('p', purchased.reservation(), purchased.lines(), purchased.at());
        writeCustomer(purchased.customer());
      }
      case Outcome.Changed changed -> {
        writeEnding('h', changed.reservation(), changed.lines(), changed.at());
        out.writeLong(changed.version());
        writeInstant(changed.expiresAt());
      }
      case Outcome.Committed committed -> {
        writeEnding('c', committed.reservation(), committed.lines(), committed.at());
        writeStocked(committed.released());
        out.writeBoolean(committed.wasExpired());
      }
      case Outcome.Released(ReservationId id, List<StockedLine> lines, Instant at) ->
          writeEnding('l', id, lines, at);
      case Outcome.Expired(ReservationId id, List<StockedLine> lines, Instant at) ->
          writeEnding('e', id, lines, at);
      case Outcome.Returned(ReservationId id, List<StockedLine> lines, var reason, Instant at) -> {
        writeEnding('b', id, lines, at);
        writeReason(reason);
      }
      case Outcome.Extended(ReservationId id, Instant at, Instant expiresAt) -> {
        out.writeByte('x');
        writeId(id);
        writeInstant(at);
        writeInstant(expiresAt);
      }
      case Outcome.Received(StockedLine line, @Nullable Reason reason, Instant at) -> {
        out.writeByte('i');
        writeLine(line);
        writeReason(reason);
        writeInstant(at);
      }
      case Outcome.Adjusted adjusted -> writeAdjusted(adjusted);
      case Outcome.Counted counted -> {
        writeLevel('n', counted.sku(), counted.location());
        out.writeLong(counted.change());
        writeCount(counted.after());
        writeReason(counted.reason());
        writeInstant(counted.at());
      }
      case Outcome.Transferred(StockedLine from, StockedLine to, var reason, Instant at) -> {
        out.writeByte('t');
        writeLine(from);
        writeLine(to);
        writeReason(reason);
        writeInstant(at);
      }
      case Outcome.Corrected corrected -> writeCorrected(corrected);
      case Outcome.DoneTogether(List<Outcome.Effect> effects) -> writeTogether(effects);
      case Outcome.SafetyStockSet set -> {
        writeLevel('s', set.sku(), set.location());
        writeCount(set.after());
        writeReason(set.reason());
        writeInstant(set.at());
      }
    }
  }

  private void writeTogether(List<Outcome.Effect> effects) throws IOException {
    out.writeByte('g');
    out.writeInt(effects.size());
    for (Outcome.Effect each : effects) {
      write(each);
    }
  }

  private void writeAdjusted(Outcome.Adjusted adjusted) throws IOException {
    writeLevel('a', adjusted.sku(), adjusted.location());
    out.writeLong(adjusted.change());
    writeCount(adjusted.after());
    out.writeUTF(adjusted.reason().text());
    writeInstant(adjusted.at());
  }

  private void writeCorrected(Outcome.Corrected corrected) throws IOException {
    writeLevel('k', corrected.sku(), corrected.location());
    out.writeLong(corrected.change());
    writeCount(corrected.after());
    out.writeUTF(corrected.reason().text());
    writeInstant(corrected.at());
  }

  /// What everything about a reservation's lines has in common.
  private void writeEnding(char kind, ReservationId id, List<StockedLine> lines, Instant at)
      throws IOException {
    out.writeByte(kind);
    writeId(id);
    writeStocked(lines);
    writeInstant(at);
  }

  private void writeLevel(char kind, Sku sku, LocationId location) throws IOException {
    out.writeByte(kind);
    out.writeUTF(sku.value());
    out.writeUTF(location.value());
  }

  private void writeId(ReservationId id) throws IOException {
    out.writeLong(id.value().getMostSignificantBits());
    out.writeLong(id.value().getLeastSignificantBits());
  }

  private void writeInstant(Instant instant) throws IOException {
    out.writeLong(Transactions.micros(instant));
  }

  private void writeStocked(List<StockedLine> lines) throws IOException {
    out.writeInt(lines.size());
    for (StockedLine line : lines) {
      writeLine(line);
    }
  }

  private void writeLine(StockedLine line) throws IOException {
    out.writeUTF(line.sku().value());
    out.writeUTF(line.location().value());
    out.writeLong(line.quantity());
    StockCount after = line.after();
    out.writeBoolean(after != null);
    if (after != null) {
      writeCount(after);
    }
  }

  private void writeLines(List<Line> lines) throws IOException {
    out.writeInt(lines.size());
    for (Line line : lines) {
      out.writeUTF(line.sku().value());
      LocationId location = line.location();
      writeText(location == null ? null : location.value());
      out.writeLong(line.quantity());
    }
  }

  private void writeCount(StockCount count) throws IOException {
    out.writeLong(count.onHand());
    out.writeLong(count.reserved());
    out.writeLong(count.version());
    out.writeLong(count.safetyStock());
  }

  private void writeCustomer(@Nullable Customer customer) throws IOException {
    writeText(customer == null ? null : customer.reference());
  }

  private void writeReason(@Nullable Reason reason) throws IOException {
    writeText(reason == null ? null : reason.text());
  }

  private void writeText(@Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }
}
