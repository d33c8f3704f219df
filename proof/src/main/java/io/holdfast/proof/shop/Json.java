package io.holdfast.proof.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/// Reading and writing of bodies.
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /// An empty body reads as a missing node.
  public static JsonNode read(String body) throws IOException {
    return MAPPER.readTree(body);
  }

  /// What is no JSON has no members, but it is an answer.
  public static JsonNode orMissing(String body) {
    try {
      return read(body);
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("not writable as JSON", impossible);
    }
  }
}
