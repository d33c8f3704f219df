package io.holdfast.proof.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An event as somebody was told of it.
///
/// @param position its id; 0 if that is no position
public record CloudEvent(long position, JsonNode json) {
  private static final List<String> ATTRIBUTES = List.of("id", "source", "type", "subject", "time");

  public static CloudEvent of(JsonNode json) {
    return new CloudEvent(position(json.path("id").asText()), json);
  }

  /// What a text says; 0 if that is no position.
  static long position(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  public String type() {
    return json.path("type").asText();
  }

  public String subject() {
    return json.path("subject").asText();
  }

  public JsonNode data() {
    return json.path("data");
  }

  public Optional<Instant> time() {
    return instant(json.path("time"));
  }

  /// The moment that a member names.
  public static Optional<Instant> instant(JsonNode text) {
    try {
      return Optional.of(Instant.parse(text.asText()));
    } catch (DateTimeException noMoment) {
      return Optional.empty();
    }
  }

  /// What it lacks of an event.
  Optional<String> fault() {
    for (String attribute : ATTRIBUTES) {
      if (json.path(attribute).asText().isEmpty()) {
        return Optional.of("an event without " + attribute + ": " + json);
      }
    }
    boolean isWhole =
        position > 0
            && time().isPresent()
            && json.path("specversion").asText().equals("1.0")
            && data().isObject();
    return isWhole ? Optional.empty() : Optional.of("no event: " + json);
  }

  @Override
  public String toString() {
    return "event %d, %s of %s".formatted(position, type(), subject());
  }
}
