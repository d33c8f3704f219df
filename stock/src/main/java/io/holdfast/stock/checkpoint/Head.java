package io.holdfast.stock.checkpoint;

import java.util.HexFormat;

/// The newest movement of a level, which stands for all before it. Names are taken as they stand in
/// the ledger, also those that the application would never have written.
record Head(String sku, String location, long position, byte[] hash) {
  private static final int FIELDS = 4;

  /// As a line of an exported file, without its end: fields with tabs between them. Of a name, a
  /// backslash, a tab and the ends of a line are written as `\\`, `\t`, `\n` and `\r`.
  String line() {
    return escaped(sku)
        + '\t'
        + escaped(location)
        + '\t'
        + position
        + '\t'
        + HexFormat.of().formatHex(hash);
  }

  /// The other way round; an `IllegalArgumentException` says that this is no such line.
  static Head ofLine(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("not the head of a chain: " + line);
    }
    return new Head(
        unescaped(fields[0]),
        unescaped(fields[1]),
        Long.parseLong(fields[2]),
        HexFormat.of().parseHex(fields[3]));
  }

  private static String escaped(String name) {
    return name.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescaped(String field) {
    StringBuilder name = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c != '\\') {
        name.append(c);
      } else if (++i < field.length()) {
        name.append(
            switch (field.charAt(i)) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case '\\' -> '\\';
              default -> throw new IllegalArgumentException("not an escaped name: " + field);
            });
      } else {
        throw new IllegalArgumentException("not an escaped name: " + field);
      }
    }
    return name.toString();
  }
}
