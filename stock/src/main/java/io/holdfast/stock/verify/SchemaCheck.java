package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Holds a schema to its description: the facts that were true of it when it was freshly migrated.
/// Whatever makes the database the second belt is among them, and a name alone proves nothing: a
/// constraint may still be called what it was and allow everything.
///
/// Only what the description has something to say about is looked at. But of a table that it
/// describes, everything is: a policy, a trigger or a right that is not described is a difference.
final class SchemaCheck {
  private static final String STOCK = "schema.txt";

  private SchemaCheck() {}

  static List<Difference> ofStock(Connection connection) throws SQLException {
    return differences(connection, stock());
  }

  static String describe(Connection connection) throws SQLException {
    return SchemaFacts.read(connection).stream()
        .map(SchemaFact::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  static List<Difference> differences(Connection connection, String description)
      throws SQLException {
    List<SchemaFact> expected = description.lines().map(SchemaFact::ofLine).toList();
    Set<String> subjects =
        expected.stream().map(fact -> fact.thing().subject()).collect(Collectors.toSet());
    List<SchemaFact> found =
        SchemaFacts.read(connection).stream()
            .filter(fact -> subjects.contains(fact.thing().subject()))
            .toList();
    return compare(expected, found);
  }

  private static List<Difference> compare(List<SchemaFact> expected, List<SchemaFact> found) {
    Map<SchemaFact.Thing, String> left = new TreeMap<>();
    found.forEach(fact -> left.put(fact.thing(), fact.definition()));
    List<Difference> differences = new ArrayList<>();
    for (SchemaFact fact : expected) {
      String definition = left.remove(fact.thing());
      if (!fact.definition().equals(definition)) {
        differences.add(
            fact.thing().difference(fact.definition(), definition == null ? "none" : definition));
      }
    }
    left.forEach((thing, definition) -> differences.add(thing.difference("none", definition)));
    return differences;
  }

  private static String stock() {
    try (InputStream text = SchemaCheck.class.getResourceAsStream(STOCK)) {
      if (text == null) {
        throw new IllegalStateException(STOCK + " is not on the class path");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(STOCK + " can't be read", e);
    }
  }
}
