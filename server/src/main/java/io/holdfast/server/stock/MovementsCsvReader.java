package io.holdfast.server.stock;

import io.holdfast.stock.MovementView;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockCount;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads back what [MovementsCsv] has written, one movement after the other. What it can't read is
/// an `IllegalArgumentException` that says in which record.
public final class MovementsCsvReader implements Iterator<MovementView> {
  private static final int END = -1;

  private final PushbackReader text;
  private final List<@Nullable String> names;
  private int record = 1;

  public MovementsCsvReader(Reader text) {
    this.text = new PushbackReader(text);
    this.names = fields();
  }

  @Override
  public boolean hasNext() {
    int next = read();
    if (next == END) {
      return false;
    }
    unread(next);
    return true;
  }

  @Override
  public MovementView next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    record++;
    List<@Nullable String> values = fields();
    if (values.size() != names.size()) {
      throw invalid("does not have the fields of the header");
    }
    Map<String, @Nullable String> fields = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      fields.put(String.valueOf(names.get(i)), values.get(i));
    }
    try {
      return movement(fields);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw invalid("is no movement");
    }
  }

  private MovementView movement(Map<String, @Nullable String> fields) {
    String reservation = fields.get("reservation");
    return new MovementView(
        required(fields, "kind"),
        number(fields, "on_hand_change"),
        number(fields, "reserved_change"),
        new StockCount(
            number(fields, "on_hand"), number(fields, "reserved"), number(fields, "version")),
        required(fields, "actor"),
        fields.get("reason"),
        reservation == null ? null : new ReservationId(UUID.fromString(reservation)),
        fields.get("detail"),
        Instant.parse(required(fields, "recorded_at")));
  }

  private long number(Map<String, @Nullable String> fields, String name) {
    return Long.parseLong(required(fields, name));
  }

  private String required(Map<String, @Nullable String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw invalid("has no " + name);
    }
    return value;
  }

  private IllegalArgumentException invalid(String why) {
    return new IllegalArgumentException("record " + record + " of the movements " + why);
  }

  private List<@Nullable String> fields() {
    List<@Nullable String> fields = new ArrayList<>();
    int end;
    do {
      int first = read();
      if (first == '"') {
        fields.add(quoted());
        end = read();
      } else {
        StringBuilder plain = new StringBuilder();
        for (end = first; end != ',' && end != '\r' && end != '\n' && end != END; end = read()) {
          plain.append((char) end);
        }
        fields.add(plain.isEmpty() ? null : plain.toString());
      }
    } while (end == ',');
    if (end == '\r') {
      end = read();
    }
    if (end != '\n') {
      throw invalid("does not end");
    }
    return fields;
  }

  /// A text of somebody's, whose first `'` was put there for spreadsheets.
  private String quoted() {
    StringBuilder quoted = new StringBuilder();
    while (true) {
      int next = read();
      if (next == END) {
        throw invalid("breaks off");
      }
      if (next == '"') {
        next = read();
        if (next != '"') {
          unread(next);
          String value = quoted.toString();
          return value.startsWith("'") ? value.substring(1) : value;
        }
      }
      quoted.append((char) next);
    }
  }

  private int read() {
    try {
      return text.read();
    } catch (IOException e) {
      throw new UncheckedIOException("the movements can't be read", e);
    }
  }

  private void unread(int c) {
    try {
      if (c != END) {
        text.unread(c);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the movements can't be read", e);
    }
  }
}
