package io.holdfast.server.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;

/// Writes records: members in the order of the record's components and in snake_case, instants in
/// RFC 3339 UTC. The same record always gives the same bytes.
public final class JsonWriting {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private JsonWriting() {}

  /// As a client would read it.
  public static JsonNode tree(Object body) {
    return parsed(text(body));
  }

  /// Of what was written here.
  public static JsonNode parsed(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of ours can't be read", e);
    }
  }

  public static String text(Object body) {
    return new String(bytes(body), StandardCharsets.UTF_8);
  }

  public static byte[] bytes(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a body of ours can't be written", e);
    }
  }
}
