package io.holdfast.server.trail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which entries are asked for; null where any will do.
///
/// @param before where the page before this one ended
/// @param from the first instant that is meant
/// @param to the first instant that is not meant any more
record EntryQuery(
    EntryCursor before,
    Instant from,
    Instant to,
    @Nullable String actor,
    @Nullable String operation,
    @Nullable String kind,
    @Nullable String subject,
    @Nullable String requestId,
    @Nullable String outcome) {
  // What PostgreSQL can keep, and nobody will live to see.
  static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
}
