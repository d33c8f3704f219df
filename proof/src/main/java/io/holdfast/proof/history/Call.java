package io.holdfast.proof.history;

import org.jspecify.annotations.Nullable;

/// One request and what became of it, between two moments.
public record Call(int process, EventType type, Details asked, Details answered, Span span) {

  /// From the moment before sending to the moment after the answer.
  public record Span(long start, long end) {}

  public Wish wish() {
    return asked.wish();
  }

  public Action action() {
    return wish().action();
  }

  public boolean accepted() {
    return type == EventType.OK;
  }

  public boolean refusedAs(String code) {
    return type == EventType.REFUSED && code.equals(answered.code());
  }

  public @Nullable String reservation() {
    return answered.reservation();
  }

  /// One line that shows the call to a reader.
  public String describe() {
    StringBuilder text = new StringBuilder(96);
    text.append(action().word()).append(' ').append(asked.key());
    if (asked.attempt() > 1) {
      text.append(" (attempt ").append(asked.attempt()).append(')');
    }
    asked.lines().forEach(line -> text.append(' ').append(line));
    text.append(" by ").append(process).append(": ").append(type.word());
    if (answered.status() != null) {
      text.append(' ').append(answered.status());
    }
    if (answered.code() != null) {
      text.append(' ').append(answered.code());
    }
    if (answered.reservation() != null) {
      text.append(' ').append(answered.reservation());
    }
    return text.toString();
  }
}
