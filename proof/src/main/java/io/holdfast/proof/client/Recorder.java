package io.holdfast.proof.client;

import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.EventLines;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/// Writes events, for many threads at once.
final class Recorder {

  private final Writer out;

  Recorder(OutputStream stream) {
    out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
  }

  void record(Event event) {
    String line = EventLines.write(event);
    write(line);
  }

  synchronized void write(String line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException lost) {
      throw new UncheckedIOException("the history can't be written", lost);
    }
  }

  synchronized void flush() {
    try {
      out.flush();
    } catch (IOException lost) {
      throw new UncheckedIOException("the history can't be written", lost);
    }
  }
}
