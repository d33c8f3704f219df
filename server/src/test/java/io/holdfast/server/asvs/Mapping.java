package io.holdfast.server.asvs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads `docs/reference/asvs.csv`: a line for each requirement, RFC 4180 without line ends in
/// cells.
final class Mapping {
  private static final Pattern CELL = Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))");

  private Mapping() {}

  static List<Line> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.skip(1).map(Mapping::cells).map(Line::of).toList();
    }
  }

  private static List<String> cells(String line) {
    return CELL.matcher(line)
        .results()
        .map(cell -> cell.group(1) == null ? cell.group(2) : cell.group(1).replace("\"\"", "\""))
        .toList();
  }
}
