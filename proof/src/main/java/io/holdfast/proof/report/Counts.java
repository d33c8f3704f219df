package io.holdfast.proof.report;

import io.holdfast.proof.checker.Deed;
import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.EventType;
import io.holdfast.proof.history.History;
import io.holdfast.proof.history.InFlight;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Operation;
import java.util.List;
import org.HdrHistogram.Histogram;

/// @param attempts calls that write, retries included
/// @param sold units bought or committed
/// @param refused purchases and reservations that ended with a definite no
/// @param unknown calls without a definite answer
/// @param resolved operations that got a definite answer after such a call
public record Counts(
    long attempts,
    long sold,
    long refused,
    long unknown,
    long resolved,
    int peakInFlight,
    double p50Millis,
    double p99Millis) {

  private static final double NANOS_PER_MILLI = 1e6;

  public static Counts of(History history) {
    List<Operation> operations = history.operations();
    Histogram latencies = new Histogram(3);
    history
        .writes()
        .filter(call -> call.type() != EventType.UNKNOWN)
        .forEach(call -> latencies.recordValue(call.span().end() - call.span().start()));
    return new Counts(
        history.writes().count(),
        sold(operations),
        operations.stream()
            .filter(each -> each.action().claims() && each.refused().isPresent())
            .count(),
        history.writes().filter(call -> call.type() == EventType.UNKNOWN).count(),
        operations.stream().filter(Operation::wasResolved).count(),
        history.peakInFlight(),
        latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
        latencies.getValueAtPercentile(99) / NANOS_PER_MILLI);
  }

  /// Of calls that are kept in another way than those of a history.
  public static Counts of(
      List<Call.Span> calls, long sold, long refused, long unknown, long resolved) {
    Histogram latencies = new Histogram(3);
    calls.forEach(call -> latencies.recordValue(call.end() - call.start()));
    return new Counts(
        calls.size(),
        sold,
        refused,
        unknown,
        resolved,
        InFlight.peak(calls),
        latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
        latencies.getValueAtPercentile(99) / NANOS_PER_MILLI);
  }

  private static long sold(List<Operation> operations) {
    return operations.stream()
        .flatMap(operation -> Deed.of(operation).stream())
        .filter(
            deed ->
                deed.wish().action() == Action.PURCHASE || deed.wish().action() == Action.COMMIT)
        .flatMap(deed -> deed.lines().stream())
        .mapToLong(Line::quantity)
        .sum();
  }
}
