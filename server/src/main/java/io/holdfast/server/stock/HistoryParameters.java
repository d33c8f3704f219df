package io.holdfast.server.stock;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.PageLimit;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.MovementPaging.Order;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parameters of the addresses that ask about the past, each read or refused by its name.
final class HistoryParameters {
  private static final int DEFAULT_LIMIT = 100;
  // OffsetDateTime alone would take times without seconds, and years of nine digits.
  private static final Pattern INSTANT_FORM =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  private HistoryParameters() {}

  /// The framework takes an empty parameter for one that is not there. Here that would answer
  /// another question than was asked, as of now instead of as of an instant that a script failed to
  /// fill in.
  static @Nullable String text(String name, UriInfo address) {
    List<String> given = address.getQueryParameters().get(name);
    if (given == null) {
      return null;
    }
    if (given.size() != 1) {
      throw new InvalidMember(name, "must be there once");
    }
    return given.getFirst();
  }

  /// One that no location could have is the name of no location.
  static LocationId location(@Nullable String text) {
    try {
      return text == null ? LocationId.MAIN : new LocationId(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_LOCATION, "no location can have such a name", "location");
    }
  }

  static Order order(@Nullable String text) {
    return switch (text) {
      case null -> Order.NEWEST_FIRST;
      case "newest" -> Order.NEWEST_FIRST;
      case "oldest" -> Order.OLDEST_FIRST;
      default -> throw new InvalidMember("order", "must be newest or oldest");
    };
  }

  static MovementPaging page(Order order, @Nullable String limit, @Nullable String after) {
    MovementPaging first =
        MovementPaging.first(
            order, limit == null ? DEFAULT_LIMIT : PageLimit.of(limit, MovementPaging.MAX_LIMIT));
    return after == null ? first : first.after(MovementCursor.version(order, after));
  }

  /// A CSV is always the whole level, and one that was asked to be less would look whole, too.
  static void refuseInCsv(String parameter, @Nullable String text) {
    if (text != null) {
      throw new InvalidMember(parameter, "is for pages; text/csv is always the whole level");
    }
  }

  static Instant instant(String text) {
    try {
      if (INSTANT_FORM.matcher(text).matches()) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw new InvalidMember("at", "must be an instant like 2026-11-22T10:00:00Z");
  }
}
