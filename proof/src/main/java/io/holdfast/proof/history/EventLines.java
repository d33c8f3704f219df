package io.holdfast.proof.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// Events as lines of JSON.
public final class EventLines {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final ObjectWriter WRITER = MAPPER.writerFor(Event.class);
  private static final ObjectReader READER = MAPPER.readerFor(Event.class);

  private EventLines() {}

  public static String write(Event event) {
    try {
      return WRITER.writeValueAsString(event);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("an event that is not JSON", impossible);
    }
  }

  public static Event read(String line) {
    try {
      return READER.readValue(line);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("not a line of a history: " + line, broken);
    }
  }
}
