package io.holdfast.server.webhook;

import io.holdfast.server.webhook.Message.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Sends messages: those of one subject one after the other, each only when the one before was
/// taken, and those of some subjects at once.
final class Dispatch {
  private static final int AT_ONCE = 4;

  private final BooleanSupplier mayBegin;
  private final Function<Message, Outcome> sending;

  /// @param mayBegin whether another one may be begun; after that, all are left as they are
  Dispatch(BooleanSupplier mayBegin, Function<Message, Outcome> sending) {
    this.mayBegin = mayBegin;
    this.sending = sending;
  }

  /// All of them, each with what became of it.
  List<Result> send(List<Message> messages) throws InterruptedException {
    Map<String, List<Message>> bySubject = new LinkedHashMap<>();
    messages.forEach(
        one -> bySubject.computeIfAbsent(one.subject(), _ -> new ArrayList<>()).add(one));
    Queue<List<Message>> left = new ConcurrentLinkedQueue<>(bySubject.values());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int senders = Math.min(AT_ONCE, bySubject.size());
      return threads.invokeAll(Collections.nCopies(senders, sender(left))).stream()
          .map(Dispatch::done)
          .flatMap(Collection::stream)
          .toList();
    }
  }

  private Callable<List<Result>> sender(Queue<List<Message>> left) {
    return () -> {
      List<Result> results = new ArrayList<>();
      for (List<Message> next = left.poll(); next != null; next = left.poll()) {
        results.addAll(inOrder(next));
      }
      return results;
    };
  }

  private List<Result> inOrder(List<Message> ofOneSubject) {
    List<Result> results = new ArrayList<>();
    boolean goesOn = true;
    for (Message message : ofOneSubject) {
      goesOn = goesOn && mayBegin.getAsBoolean();
      Result result =
          new Result(message, goesOn ? Optional.of(sending.apply(message)) : Optional.empty());
      goesOn = goesOn && result.isTaken();
      results.add(result);
    }
    return results;
  }

  private static List<Result> done(Future<List<Result>> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a message could not be sent", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted after all was done", e);
    }
  }
}
