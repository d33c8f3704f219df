package io.holdfast.server.stock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.server.csv.CsvRow;
import io.holdfast.server.stock.HistoryBodies.Movement;
import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.MovementPaging.Order;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockFailure;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// All movements of a level up to the version that it had when the file was begun, as CSV. A page
/// at a time is in memory, and no connection to the database is kept while the client reads: what
/// is in the ledger stays as it is, so the pages together are as one snapshot.
///
/// The first page is read before, so that whatever is wrong by then is answered with a problem. A
/// failure after it cuts the file off, and the connection is closed instead of the answer ended: no
/// client takes a part for the whole.
final class MovementsCsv implements StreamingOutput {
  static final String MEDIA_TYPE = "text/csv";
  private static final Logger LOG = Logger.getLogger(MovementsCsv.class);
  private static final Duration MAX_TIME = Duration.ofMinutes(15);
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

  private static final String HEADER =
      "version,kind,on_hand_change,reserved_change,on_hand,reserved,available,actor,reason,"
          + "reservation,detail,recorded_at\r\n";

  private final LevelHistory.Page first;
  private final MovementPaging paging;
  private final Function<MovementPaging, LevelHistory.Page> reading;
  private final LongSupplier nanoClock;
  private final Runnable cutOff;

  private MovementsCsv(
      LevelHistory.Page first,
      MovementPaging paging,
      Function<MovementPaging, LevelHistory.Page> reading,
      LongSupplier nanoClock,
      Runnable cutOff) {
    this.first = first;
    this.paging = paging;
    this.reading = reading;
    this.nanoClock = nanoClock;
    this.cutOff = cutOff;
  }

  /// Reads the first page; whatever that throws, this does.
  ///
  /// @param cutOff ends the connection in the middle of the answer. The framework may end an answer
  ///   in order whose writer has thrown
  static MovementsCsv begin(
      Order order,
      Function<MovementPaging, LevelHistory.Page> reading,
      LongSupplier nanoClock,
      Runnable cutOff) {
    MovementPaging paging = MovementPaging.first(order, MovementPaging.MAX_LIMIT);
    return new MovementsCsv(reading.apply(paging), paging, reading, nanoClock, cutOff);
  }

  /// Letters, digits and a few signs, whatever the names are made of.
  static String fileName(Sku sku, LocationId location) {
    return "movements-" + safe(sku.value()) + "-" + safe(location.value()) + ".csv";
  }

  private static String safe(String name) {
    return UNSAFE.matcher(name).replaceAll("_");
  }

  @Override
  public void write(OutputStream out) throws IOException {
    try {
      writeAll(out);
    } catch (IOException | RuntimeException e) {
      cutOff.run();
      throw e;
    }
  }

  private void writeAll(OutputStream out) throws IOException {
    long begun = nanoClock.getAsLong();
    out.write(HEADER.getBytes(UTF_8));
    LevelHistory.Page page = first;
    while (true) {
      StringBuilder rows = new StringBuilder();
      page.movements().stream()
          .filter(movement -> movement.after().version() <= first.newestVersion())
          .forEach(movement -> add(rows, movement));
      out.write(rows.toString().getBytes(UTF_8));
      if (!page.hasMore()) {
        return;
      }
      long last = page.movements().getLast().after().version();
      if (last >= first.newestVersion() && paging.order() == Order.OLDEST_FIRST) {
        return;
      }
      if (nanoClock.getAsLong() - begun > MAX_TIME.toNanos()) {
        throw new IOException("the client took longer than " + MAX_TIME);
      }
      page = next(last);
    }
  }

  private LevelHistory.Page next(long last) {
    try {
      return reading.apply(paging.after(last));
    } catch (StockFailure e) {
      LOG.warn("A file of movements was cut off: " + e.code());
      throw e;
    }
  }

  private static void add(StringBuilder rows, MovementView view) {
    Movement movement = Movement.of(view);
    new CsvRow(rows)
        .number(movement.version())
        .word(movement.kind())
        .number(movement.onHandChange())
        .number(movement.reservedChange())
        .number(movement.onHand())
        .number(movement.reserved())
        .number(movement.available())
        .text(movement.actor())
        .text(movement.reason())
        .word(movement.reservation())
        .text(movement.detail())
        .word(movement.recordedAt().toString())
        .end();
  }
}
