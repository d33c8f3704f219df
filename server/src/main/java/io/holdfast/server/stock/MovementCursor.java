package io.holdfast.server.stock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.stock.MovementPaging.Order;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a page of movements ended: the order and the last version on it, in a form that invites
/// nobody to guess. One of the other order is refused, since it would leave movements out.
final class MovementCursor {
  private static final Pattern FORM = Pattern.compile("([no])([1-9][0-9]{0,17})");

  private MovementCursor() {}

  static String after(Order order, long version) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((letter(order) + version).getBytes(UTF_8));
  }

  static long version(Order order, String cursor) {
    try {
      Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
      if (form.matches() && form.group(1).equals(letter(order))) {
        return Long.parseLong(form.group(2));
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new InvalidMember("after", "is not a cursor that was given out here, for this order");
  }

  private static String letter(Order order) {
    return switch (order) {
      case NEWEST_FIRST -> "n";
      case OLDEST_FIRST -> "o";
    };
  }
}
