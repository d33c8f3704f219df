package io.holdfast.server.trail;

import io.holdfast.server.json.JsonWriting;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the trail tells of a thing, member by member. It takes no whole request and no whole record
/// on purpose: what is secret is left out by not being named.
public final class State {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  private State() {}

  /// Of a thing about which nothing is told but that it is there.
  public static State exists() {
    return new State();
  }

  /// @param name in snake_case, as the API names it
  public static State of(String name, @Nullable String value) {
    return exists().and(name, value);
  }

  public static State of(String name, @Nullable Number value) {
    return exists().and(name, value);
  }

  public State and(String name, @Nullable String value) {
    members.put(name, value);
    return this;
  }

  public State and(String name, @Nullable Number value) {
    members.put(name, value);
    return this;
  }

  public State and(String name, boolean value) {
    members.put(name, value);
    return this;
  }

  public State and(String name, @Nullable Instant value) {
    members.put(name, value);
    return this;
  }

  /// As JSON, always in the same bytes.
  String json() {
    return JsonWriting.text(members);
  }
}
