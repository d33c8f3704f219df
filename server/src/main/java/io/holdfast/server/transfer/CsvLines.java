package io.holdfast.server.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.server.csv.Formulas;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.transfer.LineFault.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// Records by RFC 4180, the first of which names the columns. An empty cell is nothing, as null is.
final class CsvLines implements FileLines {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

  private final FileText text;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private List<Column> columns = List.of();
  private long number;

  private CsvLines(FileText text) throws IOException {
    this.text = text;
    this.parser = CSVParser.builder().setReader(text).setFormat(CSVFormat.RFC4180).get();
    this.records = parser.iterator();
  }

  static CsvLines of(ImportKind kind, FileText text) throws IOException, UnreadableFile {
    CsvLines lines = new CsvLines(text);
    CSVRecord header = lines.record();
    if (header == null) {
      throw new UnreadableFile(1, "should name the columns, and there is nothing");
    }
    lines.columns = lines.columns(kind, header);
    return lines;
  }

  private List<Column> columns(ImportKind kind, CSVRecord header) throws UnreadableFile {
    List<Column> named = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String cell : header) {
      Optional<Column> column =
          kind.columns().stream().filter(each -> each.name().equals(cell)).findFirst();
      if (column.isEmpty()) {
        throw new UnreadableFile(
            number,
            "names a column that "
                + kind.code()
                + " do not have: "
                + LineFault.of(number, Code.UNKNOWN_COLUMN, cell, "").column());
      }
      if (!seen.add(cell)) {
        throw new UnreadableFile(number, "names the column " + cell + " twice");
      }
      named.add(column.get());
    }
    requireColumns(kind, seen);
    return named;
  }

  private void requireColumns(ImportKind kind, Set<String> seen) throws UnreadableFile {
    List<String> missing =
        kind.columns().stream()
            .filter(column -> kind.required().contains(column.outerMember()))
            .map(Column::name)
            .filter(name -> !seen.contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new UnreadableFile(number, "does not name the column " + missing.getFirst());
    }
    if (seen.contains("price_amount") != seen.contains("price_currency")) {
      throw new UnreadableFile(number, "names one of price_amount and price_currency alone");
    }
  }

  @Override
  public @Nullable Line next() throws IOException, UnreadableFile {
    CSVRecord record = record();
    while (record != null && record.size() == 1 && record.get(0).isEmpty()) {
      record = record();
    }
    return record == null ? null : read(record);
  }

  private @Nullable CSVRecord record() throws IOException, UnreadableFile {
    text.beginRecord();
    number = parser.getCurrentLineNumber() + 1;
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      throw whatIsWrong(Objects.requireNonNull(e.getCause()));
    }
  }

  private IOException whatIsWrong(IOException thrown) throws UnreadableFile {
    if (thrown instanceof CSVException) {
      throw new UnreadableFile(number, "is no CSV: a quote does not end, or something follows it");
    }
    if (text.isTooLong()) {
      throw new UnreadableFile(number, "begins a record of too many characters");
    }
    return thrown;
  }

  private Line read(CSVRecord record) {
    if (record.size() != columns.size()) {
      return Line.of(
          LineFault.of(
              number,
              Code.UNREADABLE_LINE,
              null,
              "has " + record.size() + " cells, and the header has " + columns.size()));
    }
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String cell = record.get(i);
      if (cell.indexOf(FileText.BROKEN) >= 0) {
        return Line.of(LineFault.of(number, Code.NOT_UTF8, column.name(), "is not UTF-8").at(cell));
      }
      try {
        put(object, column, cell);
      } catch (InvalidMember e) {
        return Line.of(
            LineFault.of(number, Code.INVALID_VALUE, column.name(), "is not JSON").at(cell));
      }
    }
    if (object.path("price").isEmpty() && object.has("price")) {
      object.putNull("price");
    }
    return Line.of(number, object);
  }

  private static void put(ObjectNode object, Column column, String cell) {
    if (column.type() == Column.Type.TOLD) {
      return;
    }
    String outer = column.outerMember();
    if (outer.equals(column.member())) {
      object.set(outer, cell.isEmpty() ? NODES.nullNode() : value(column, cell));
      return;
    }
    ObjectNode inner = object.withObjectProperty(outer);
    if (!cell.isEmpty()) {
      inner.set(column.member().substring(outer.length() + 1), value(column, cell));
    }
  }

  /// What is not of the column's type is left to be said by whoever reads the object.
  private static JsonNode value(Column column, String cell) {
    return switch (column.type()) {
      // No text here has any other line break.
      case TEXT -> NODES.textNode(Formulas.written(cell).replace("\r\n", "\n"));
      case WHOLE ->
          WHOLE.matcher(cell).matches()
              ? NODES.numberNode(Long.parseLong(cell))
              : NODES.textNode(cell);
      case FLAG ->
          switch (cell) {
            case "true" -> NODES.booleanNode(true);
            case "false" -> NODES.booleanNode(false);
            default -> NODES.textNode(cell);
          };
      case TREE -> JsonBody.object(Formulas.written(cell));
      case TOLD -> NODES.nullNode();
    };
  }
}
