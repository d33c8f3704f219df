package io.holdfast.server.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What stands in a file, line after line.
interface FileLines {
  /// A line that is not empty.
  ///
  /// @param number in the file, from 1; of a record of several lines, that of the first one
  /// @param object what it says; null: it can't be read
  /// @param fault why not
  record Line(long number, @Nullable ObjectNode object, @Nullable LineFault fault) {
    static Line of(long number, ObjectNode object) {
      return new Line(number, object, null);
    }

    static Line of(LineFault fault) {
      return new Line(fault.line(), null, fault);
    }
  }

  /// Null: that was the last one.
  @Nullable Line next() throws IOException, UnreadableFile;

  static FileLines of(FileFormat format, ImportKind kind, FileText text)
      throws IOException, UnreadableFile {
    return switch (format) {
      case CSV -> CsvLines.of(kind, text);
      case JSONL -> new JsonLines(text);
    };
  }
}
