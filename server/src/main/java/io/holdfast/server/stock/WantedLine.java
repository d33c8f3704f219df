package io.holdfast.server.stock;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A line of a request.
@Schema(
    name = "WantedLine",
    description =
        "So many units of an item; equal items add up. Without a location it is served from as"
            + " few locations as possible, by their priority")
public record WantedLine(
    @Schema(required = true, minLength = 1, maxLength = 64) String sku,
    @Schema(required = true, minimum = "1", maximum = "1000000000") long quantity,
    @Schema(minLength = 1, maxLength = 64) @Nullable String location) {

  public static List<Line> readAll(JsonMembers members) {
    return members.objects("lines", Command.MAX_LINES, WantedLine::read);
  }

  public static List<Line> readAny(JsonMembers members) {
    return members.optionalObjects("lines", Command.MAX_LINES, WantedLine::read);
  }

  private static Line read(JsonMembers line) {
    line.only("sku", "quantity", "location");
    return new Line(
        line.text("sku", Sku::new),
        line.optionalText("location", LocationId::new).orElse(null),
        line.whole("quantity", 1, Line.MAX_QUANTITY));
  }
}
