package io.holdfast.server.series;

import io.holdfast.server.json.JsonMembers;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of number series read and write.
final class SeriesBodies {
  private static final String PATTERN =
      "letters, digits and -_./#, {yyyy}, {mm} and {dd} of the date in UTC, and the number as"
          + " zeros, like {000000}; with a date in it, numbers begin again when that moves on";

  private SeriesBodies() {}

  @Schema(name = "NewNumberPattern")
  record NewNumberPattern(
      @Schema(
              required = true,
              minLength = 3,
              maxLength = NumberPattern.MAX_LENGTH,
              examples = "SO-{yyyy}-{000000}",
              description = PATTERN)
          String pattern,
      @Schema(
              defaultValue = "true",
              description =
                  "whether there is no gap and numbers have the order of time; otherwise nodes take"
                      + " some in advance")
          @Nullable Boolean gapless) {

    static Choice read(JsonMembers members) {
      members.only("pattern", "gapless");
      return new Choice(members.text("pattern", NumberPattern::new), members.flag("gapless", true));
    }
  }

  /// What was read of a request to choose.
  record Choice(NumberPattern pattern, boolean isGapless) {}

  /// @param last number that was given out, or taken in advance by some node; 0: none yet
  /// @param lastOn the day of it, in UTC
  /// @param version counts how often the pattern was chosen; 0: never, and it is the usual one
  @Schema(name = "OrderNumbers")
  record OneSeries(
      String series,
      String pattern,
      boolean gapless,
      long last,
      @Schema(nullable = true) @Nullable LocalDate lastOn,
      long version) {

    static OneSeries of(Series series, NumberSeries.Stored stored) {
      return new OneSeries(
          series.code(),
          stored.pattern().text(),
          stored.isGapless(),
          stored.last(),
          stored.lastOn(),
          stored.version());
    }
  }
}
