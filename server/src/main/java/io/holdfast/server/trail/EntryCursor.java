package io.holdfast.server.trail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.server.json.InvalidMember;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a page of entries ended, in a form that invites nobody to guess.
record EntryCursor(Instant recordedAt, long id) {
  /// Before the newest.
  static final EntryCursor START = new EntryCursor(EntryQuery.LAST, Long.MAX_VALUE);

  private static final Pattern FORM = Pattern.compile("(\\d{1,18}) (\\d{1,18})");

  String text() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((micros + " " + id).getBytes(US_ASCII));
  }

  static EntryCursor parse(String text) {
    try {
      Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), US_ASCII));
      if (form.matches()) {
        return new EntryCursor(
            Instant.EPOCH.plus(Long.parseLong(form.group(1)), ChronoUnit.MICROS),
            Long.parseLong(form.group(2)));
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new InvalidMember("after", "is not a cursor that was given out here");
  }
}
