package io.holdfast.server.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.transfer.ImportLines.Stored;
import io.holdfast.server.transfer.LineFault.Code;
import io.holdfast.server.transfer.StoredImport.Place;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Looks at each line of a file by itself, as it comes in.
final class LineReading {
  private final ImportOrder order;

  LineReading(ImportOrder order) {
    this.order = order;
  }

  /// A line that can be applied, as far as can be seen from it; or why it can't.
  ///
  /// @param fault null: it can
  record Read(@Nullable Stored line, @Nullable LineFault fault) {}

  Read read(FileLines.Line line) {
    ObjectNode object = line.object();
    if (object == null) {
      return new Read(null, line.fault());
    }
    LineFault fault = misshapen(line.number(), object);
    if (fault != null) {
      return new Read(null, fault);
    }
    try {
      order.kind().columns().stream()
          .filter(column -> column.type() == Column.Type.TOLD)
          .forEach(column -> object.remove(column.member()));
      LineKey key = order.kind().key(JsonMembers.of(object));
      Place place = new Place(key.sku().value(), key.location(), line.number());
      return new Read(new Stored(place, object.toString()), null);
    } catch (InvalidMember e) {
      return new Read(
          null,
          LineFault.of(line.number(), Code.INVALID_VALUE, column(order, e.member()), e.message())
              .at(value(object, e.member())));
    }
  }

  private @Nullable LineFault misshapen(long number, ObjectNode object) {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!order.kind().members().contains(name)) {
        return LineFault.of(
            number, Code.UNKNOWN_COLUMN, name, order.kind().code() + " do not have this");
      }
    }
    for (String name : order.kind().required()) {
      if (object.path(name).isMissingNode() || (name.equals("sku") && object.path(name).isNull())) {
        return LineFault.of(number, Code.MISSING_VALUE, name, "is missing");
      }
    }
    return null;
  }

  /// A member as the file calls it.
  static String column(ImportOrder order, String member) {
    return order.format() == FileFormat.JSONL
        ? member
        : order.kind().columns().stream()
            .filter(column -> column.member().equals(member))
            .map(Column::name)
            .findFirst()
            .orElse(member);
  }

  private static @Nullable String value(ObjectNode object, String member) {
    JsonNode found = object;
    for (String part : member.split("\\.", -1)) {
      found = found.path(part);
    }
    return found.isMissingNode() || found.isNull()
        ? null
        : found.isTextual() ? found.textValue() : found.toString();
  }
}
