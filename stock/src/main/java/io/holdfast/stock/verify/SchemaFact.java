package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import java.util.Comparator;

/// What the database says of one thing in its schema. As text it is one line, with bars between its
/// parts.
record SchemaFact(Thing thing, String definition) {
  private static final String BAR = " | ";
  private static final String BAR_PATTERN = " \\| ";
  private static final int PARTS = 4;

  SchemaFact {
    definition = definition.replaceAll("\\s+", " ").strip();
  }

  /// @param subject the table, function or role that it belongs to
  /// @param kind what sort of thing it is: constraint, policy, rights
  /// @param name which one of that sort
  record Thing(String subject, String kind, String name) implements Comparable<Thing> {
    private static final Comparator<Thing> ORDER =
        Comparator.comparing(Thing::subject).thenComparing(Thing::kind).thenComparing(Thing::name);

    @Override
    public int compareTo(Thing other) {
      return ORDER.compare(this, other);
    }

    Difference difference(String expected, String found) {
      String row = name.equals(subject) ? subject : subject + "." + name;
      return new Difference(kind, row, expected, found);
    }
  }

  static SchemaFact ofLine(String line) {
    String[] parts = line.split(BAR_PATTERN, PARTS);
    if (parts.length < PARTS) {
      throw new IllegalArgumentException("not a fact about a schema: " + line);
    }
    return new SchemaFact(new Thing(parts[0], parts[1], parts[2]), parts[3]);
  }

  String line() {
    return String.join(BAR, thing.subject, thing.kind, thing.name, definition);
  }
}
