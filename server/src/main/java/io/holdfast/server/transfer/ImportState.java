package io.holdfast.server.transfer;

import java.util.Locale;

/// Where an import is on its way.
enum ImportState {
  /// The file comes in.
  UPLOADING,
  /// All of it is there, and nobody has begun.
  WAITING,
  CHECKING,
  APPLYING,
  /// What it brought is there, and is made known to the search.
  FINISHING,
  DONE,
  /// Nothing of it was applied, or not all that could be: `failure` says why.
  FAILED,
  CANCELLED;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ImportState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  boolean isOver() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }
}
