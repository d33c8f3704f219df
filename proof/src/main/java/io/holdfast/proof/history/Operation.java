package io.holdfast.proof.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that was sent with one idempotency key and one request: the first call and its
/// retries.
public record Operation(String key, Wish wish, List<Call> calls) {

  public Operation {
    calls = List.copyOf(calls);
  }

  public Action action() {
    return wish.action();
  }

  /// The first call that was answered yes.
  public Optional<Call> accepted() {
    return calls.stream().filter(Call::accepted).findFirst();
  }

  public boolean isAccepted() {
    return accepted().isPresent();
  }

  /// The definite no it ended with, unless there was a yes.
  public Optional<Call> refused() {
    Call last = calls.getLast();
    return !isAccepted() && last.type() == EventType.REFUSED ? Optional.of(last) : Optional.empty();
  }

  public boolean isUnresolved() {
    return !isAccepted() && calls.getLast().type() == EventType.UNKNOWN;
  }

  /// Whether an answer was missing at first and definite later.
  public boolean wasResolved() {
    return calls.stream().anyMatch(call -> call.type() == EventType.UNKNOWN) && !isUnresolved();
  }

  /// What it may have taken effect between: the first sending and the first definite answer.
  public Call.Span effect() {
    long end = accepted().orElse(calls.getLast()).span().end();
    return new Call.Span(calls.getFirst().span().start(), isUnresolved() ? Long.MAX_VALUE : end);
  }

  public List<Line> lines() {
    return wish.lines();
  }

  /// What it wants of each item, lines of the same item added up.
  public Map<String, Long> wanted() {
    Map<String, Long> wanted = new LinkedHashMap<>();
    lines().forEach(line -> wanted.merge(line.sku(), line.quantity(), Math::addExact));
    return wanted;
  }

  /// The reservation that it made or is about, if known.
  public @Nullable String reservation() {
    return accepted().map(Call::reservation).orElse(calls.getLast().reservation());
  }

  static Operation grown(@Nullable Operation before, Call call) {
    if (before == null) {
      return new Operation(call.asked().key(), call.wish(), List.of(call));
    }
    List<Call> calls = new ArrayList<>(before.calls);
    calls.add(call);
    return new Operation(before.key, before.wish, calls);
  }
}
