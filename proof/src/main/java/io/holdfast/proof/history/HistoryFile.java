package io.holdfast.proof.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/// Where histories are kept: a folder with a file for each run, or one file for all.
public record HistoryFile(Path path) {

  private static final String SUFFIX = ".jsonl";

  /// @param run what the file is called where each run has its own
  public void append(String run, List<Event> events) throws IOException {
    appendLines(
        run,
        events.stream()
            .sorted(Comparator.comparingLong(Event::time))
            .map(EventLines::write)
            .toList());
  }

  /// The same of lines of JSON about something else than stock.
  public void appendLines(String run, List<String> lines) throws IOException {
    boolean isFile = path.toString().endsWith(SUFFIX) && !Files.isDirectory(path);
    if (!isFile) {
      Files.createDirectories(path);
    }
    Path file = isFile ? path : path.resolve(run + SUFFIX);
    try (BufferedWriter out =
        Files.newBufferedWriter(
            file,
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            isFile ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
      for (String line : lines) {
        out.write(line);
        out.write('\n');
      }
    }
  }

  public static List<Event> read(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8).stream().map(EventLines::read).toList();
  }
}
