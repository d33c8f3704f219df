package io.holdfast.proof.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All calls of a run, in the order in which they were sent.
public record History(List<Call> calls) {

  public History {
    calls =
        calls.stream()
            .sorted(Comparator.comparingLong((Call call) -> call.span().start()))
            .toList();
  }

  /// Pairs the events of each call. A call without a second event is unknown for ever.
  public static History of(List<Event> events) {
    Map<String, Event> open = new LinkedHashMap<>();
    List<Call> calls = new ArrayList<>();
    for (Event event : events) {
      String id = event.process() + "/" + event.value().key() + "/" + event.value().attempt();
      if (event.type() == EventType.INVOKE) {
        if (open.put(id, event) != null) {
          throw new IllegalArgumentException("invoked twice: " + id);
        }
      } else {
        Event invoked = open.remove(id);
        if (invoked == null) {
          throw new IllegalArgumentException("answered but never invoked: " + id);
        }
        calls.add(call(invoked, event.type(), event.value(), event.time()));
      }
    }
    open.values()
        .forEach(event -> calls.add(call(event, EventType.UNKNOWN, event.value(), Long.MAX_VALUE)));
    return new History(calls);
  }

  private static Call call(Event invoked, EventType type, Details answered, long end) {
    return new Call(
        invoked.process(), type, invoked.value(), answered, new Call.Span(invoked.time(), end));
  }

  private record Request(String key, Wish wish) {}

  /// Calls grouped by key. The same key with another request is another operation.
  public List<Operation> operations() {
    Map<Request, Operation> operations = new LinkedHashMap<>();
    writes()
        .forEach(
            call ->
                operations.compute(
                    new Request(call.asked().key(), call.wish()),
                    (request, before) -> Operation.grown(before, call)));
    return List.copyOf(operations.values());
  }

  public Stream<Call> reads() {
    return calls.stream().filter(call -> call.action() == Action.READ);
  }

  public Stream<Call> writes() {
    return calls.stream().filter(call -> call.action() != Action.READ);
  }

  /// The most calls that were under way at one moment.
  public int peakInFlight() {
    return InFlight.peak(calls.stream().map(Call::span).toList());
  }
}
