package io.holdfast.stock.control;

import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.Request;
import io.holdfast.stock.transaction.Undecided;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Decides, and lets nobody wait for ever when that ends in a way that nobody foresaw: a
/// participant's stack overflows, memory runs out, the engine itself has a fault. All whose answer
/// is still open are told, none of them is tried again, and the thread goes on.
final class LastResort {
  private static final System.Logger LOG = System.getLogger(LastResort.class.getName());

  private LastResort() {}

  /// @param work brings the requests to their answers, or says what is in the way
  static Map<Request, Undecided> guard(
      Decider decider, List<Request> requests, Supplier<Map<Request, Undecided>> work) {
    try {
      return work.get();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.ERROR, "a transaction ended in an unforeseen way", e);
      requests.stream()
          .filter(request -> !request.answer().isDone())
          .forEach(request -> decider.fail(request, Failures.unexpected(e)));
      return Map.of();
    }
  }
}
