package io.holdfast.server.transfer;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.transfer.LineFault.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// One object a line.
final class JsonLines implements FileLines {
  private final FileText file;
  private final Reader text;
  private long number;

  JsonLines(FileText file) {
    this.file = file;
    this.text = new BufferedReader(file);
  }

  @Override
  public @Nullable Line next() throws IOException, UnreadableFile {
    String line = line();
    while (line != null && line.isBlank()) {
      line = line();
    }
    return line == null ? null : read(line);
  }

  private @Nullable String line() throws IOException, UnreadableFile {
    file.beginRecord();
    number++;
    try {
      StringBuilder line = new StringBuilder();
      int next = text.read();
      if (next == -1) {
        return null;
      }
      while (next != -1 && next != '\n') {
        line.append((char) next);
        next = text.read();
      }
      return line.toString();
    } catch (IOException e) {
      if (file.isTooLong()) {
        throw new UnreadableFile(number, "has too many characters");
      }
      throw e;
    }
  }

  private Line read(String line) {
    if (line.indexOf(FileText.BROKEN) >= 0) {
      return Line.of(LineFault.of(number, Code.NOT_UTF8, null, "is not UTF-8").at(line));
    }
    try {
      return Line.of(number, JsonBody.object(line));
    } catch (InvalidMember e) {
      return Line.of(
          LineFault.of(number, Code.UNREADABLE_LINE, e.member(), "is not one object of JSON")
              .at(line));
    }
  }
}
