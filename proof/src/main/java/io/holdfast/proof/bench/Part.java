package io.holdfast.proof.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a run of the bench is made of; each part, but for those over HTTP, is one of the server's
/// `bench-engine`.
enum Part {
  TABLE,
  GRID,
  UNPROTECTED,
  PLAIN_JDBC,
  HALF_LOAD,
  STORED,
  EXPIRY,
  ORDERS,
  HTTP,
  HTTP_ORDERS,
  FLOOD;

  /// Whether it is measured under each control over HTTP, on a database of its own.
  boolean isOfEachControl() {
    return this == HTTP || this == HTTP_ORDERS;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Part> of(String word) {
    return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
  }

  static List<Part> usual(boolean isQuick) {
    return isQuick
        ? List.of(TABLE, HTTP)
        : List.of(
            GRID,
            UNPROTECTED,
            PLAIN_JDBC,
            HALF_LOAD,
            STORED,
            EXPIRY,
            ORDERS,
            HTTP,
            HTTP_ORDERS,
            FLOOD);
  }
}
