package io.holdfast.server.trail;

import io.holdfast.server.json.AddressParameters;
import io.holdfast.server.json.InvalidMember;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the trail is searched by, as it stands in the address. A parameter that nobody knows is
/// refused: a search that overlooks a condition would look as if it had found what was asked for.
final class TrailParameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final Set<String> NAMES =
      Set.of(
          "limit",
          "after",
          "from",
          "to",
          "actor",
          "operation",
          "kind",
          "subject",
          "request_id",
          "outcome");
  // OffsetDateTime alone would take times without seconds, and years of nine digits.
  private static final Pattern INSTANT_FORM =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  private final AddressParameters parameters;

  TrailParameters(UriInfo address) {
    this.parameters = new AddressParameters(address, NAMES);
  }

  int limit() {
    return parameters.limit(DEFAULT_LIMIT, MAX_LIMIT);
  }

  EntryQuery query() {
    String after = text("after");
    return new EntryQuery(
        after == null ? EntryCursor.START : EntryCursor.parse(after),
        instant("from", EntryQuery.FIRST),
        instant("to", EntryQuery.LAST),
        text("actor"),
        text("operation"),
        text("kind"),
        text("subject"),
        text("request_id"),
        outcome());
  }

  private @Nullable String outcome() {
    String outcome = text("outcome");
    for (Entry.Outcome known : Entry.Outcome.values()) {
      if (outcome == null || known.code().equals(outcome)) {
        return outcome;
      }
    }
    throw new InvalidMember("outcome", "must be done or forbidden");
  }

  private Instant instant(String name, Instant otherwise) {
    String text = text(name);
    try {
      if (text == null) {
        return otherwise;
      }
      if (INSTANT_FORM.matcher(text).matches()) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw new InvalidMember(name, "must be an instant like 2026-11-22T10:00:00Z");
  }

  private @Nullable String text(String name) {
    return parameters.text(name);
  }
}
