package io.holdfast.server.limit;

import java.util.Locale;

/// What a request may be refused for.
enum LimitKind {
  KEY,
  USER,
  ADDRESS,
  /// As many of its tenant's requests are worked on as may be at the same time.
  TENANT;

  /// As metrics name it.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
