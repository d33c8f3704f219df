package io.holdfast.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.server.catalog.ItemRow;
import io.holdfast.server.catalog.Price;
import io.holdfast.server.csv.CsvRow;
import io.holdfast.server.json.JsonWriting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes what an import reads.
final class FileRows {
  private final FileFormat format;
  private final OutputStream out;

  FileRows(ImportKind kind, FileFormat format, OutputStream out) {
    this.format = format;
    this.out = out;
    if (format == FileFormat.CSV) {
      write(header(kind));
    }
  }

  record PriceRow(String sku, @Nullable Price price) {}

  private static String header(ImportKind kind) {
    return kind.columns().stream()
        .map(Column::name)
        // It is for files that others write.
        .filter(name -> !name.equals("received"))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  void item(ItemRow item) {
    if (format == FileFormat.JSONL) {
      json(item);
      return;
    }
    StringBuilder cells = new StringBuilder();
    CsvRow row =
        new CsvRow(cells)
            .text(item.sku())
            .text(item.name())
            .word(Boolean.toString(item.tracked()))
            .text(item.description())
            .text(item.category());
    price(row, item.price())
        .text(item.attributes().isEmpty() ? null : JsonWriting.text(item.attributes()))
        .text(item.picture())
        .word(Boolean.toString(item.archived()))
        .end();
    write(cells.toString());
  }

  void price(ItemRow item) {
    if (format == FileFormat.JSONL) {
      json(new PriceRow(item.sku(), item.price()));
      return;
    }
    StringBuilder cells = new StringBuilder();
    price(new CsvRow(cells).text(item.sku()), item.price()).end();
    write(cells.toString());
  }

  void level(StockLevels.Row level) {
    if (format == FileFormat.JSONL) {
      json(level);
      return;
    }
    StringBuilder cells = new StringBuilder();
    new CsvRow(cells)
        .text(level.sku())
        .text(level.location())
        .number(level.onHand())
        .number(level.version())
        .number(level.reserved())
        .number(level.available())
        .end();
    write(cells.toString());
  }

  private static CsvRow price(CsvRow row, @Nullable Price price) {
    return price == null
        ? row.word(null).word(null)
        : row.number(price.amount()).word(price.currency());
  }

  private void json(Object row) {
    write(JsonWriting.text(row) + "\n");
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("an export could not be written", e);
    }
  }
}
