package io.holdfast.proof.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A stream of server-sent events as a browser reads it. What it breaks off within is none.
final class ServerSentEvents {
  private final BufferedReader lines;
  private String id = "";

  ServerSentEvents(InputStream in) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /// @param id the last one that was named
  record Message(String id, String event, String data) {}

  /// The next one; none where the stream ends.
  Optional<Message> next() throws IOException {
    StringBuilder data = new StringBuilder();
    String event = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int colon = line.indexOf(':');
      String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (colon < 0 ? line : line.substring(0, colon)) {
        case "" -> {
          if (line.isEmpty() && !data.isEmpty()) {
            data.setLength(data.length() - 1);
            return Optional.of(new Message(id, event, data.toString()));
          }
        }
        case "id" -> id = value;
        case "event" -> event = value;
        case "data" -> data.append(value).append('\n');
        default -> {
          // `retry`, and what there may be some day.
        }
      }
    }
    return Optional.empty();
  }
}
