package io.holdfast.server.transfer;

import java.util.Arrays;
import java.util.Locale;

/// What becomes of the other lines when one is bad.
enum OnError {
  /// None is applied.
  ABORT,
  /// They are applied.
  SKIP;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static OnError ofCode(String code) {
    return Arrays.stream(values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be abort or skip"));
  }
}
