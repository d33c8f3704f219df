package io.holdfast.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads RFC 4180 as strictly as it is written: every record ends, and has all its fields.
final class Csv {
  private final String text;
  private int at;

  private Csv(String text) {
    this.text = text;
  }

  /// The records by the names in the header.
  static List<Map<String, String>> parse(String text) {
    Csv csv = new Csv(text);
    List<String> names = csv.fields();
    List<Map<String, String>> records = new ArrayList<>();
    while (csv.at < text.length()) {
      List<String> fields = csv.fields();
      if (fields.size() != names.size()) {
        throw new AssertionError(fields + " does not have the fields " + names);
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < fields.size(); i++) {
        row.put(names.get(i), fields.get(i));
      }
      records.add(row);
    }
    return records;
  }

  private List<String> fields() {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (text.charAt(at) == ',') {
      at++;
      fields.add(field());
    }
    if (!text.startsWith("\r\n", at)) {
      throw new AssertionError("the record does not end at " + at);
    }
    at += 2;
    return fields;
  }

  private String field() {
    if (text.charAt(at) != '"') {
      int begin = at;
      while (",\r\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(begin, at);
    }
    StringBuilder field = new StringBuilder();
    at++;
    while (true) {
      char next = text.charAt(at++);
      if (next != '"') {
        field.append(next);
      } else if (text.charAt(at) == '"') {
        field.append('"');
        at++;
      } else {
        return field.toString();
      }
    }
  }
}
