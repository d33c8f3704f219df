package io.holdfast.server.stock;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.ExceptionProblems;
import io.holdfast.server.request.SameContext;
import io.holdfast.server.stock.CommandBatch.Keyed;
import io.holdfast.server.trail.ExtensionTrail;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.StockEngine;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Puts a request's commands to the engine. No thread waits for the answer of one, and no caller
/// for ever: a command that is neither answered nor given up by then is under way in a database
/// that hangs.
@Singleton
public final class EngineCalls {
  private static final long MAX_WAIT_SECONDS = 20;

  private final StockEngine engine;

  EngineCalls(StockEngine engine) {
    this.engine = engine;
  }

  CompletionStage<Response> ask(Command command, SecurityContext security, HttpHeaders headers) {
    Caller caller = Caller.of(security);
    return ask(command, Call.by(caller.tenant(), caller.actor()), headers);
  }

  CompletionStage<Response> ask(Command command, Reach reach, HttpHeaders headers) {
    return ask(command, reach.call(), headers);
  }

  private CompletionStage<Response> ask(Command command, Call call, HttpHeaders headers) {
    return submit(command, call, RequestKey.of(headers))
        .orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS)
        .thenApplyAsync(answer -> Told.of(command, answer).response(), new SameContext());
  }

  /// Waits for the answer. For a thread that may wait, with nothing attached but what the call has.
  public Answer decided(Command command, Call call) {
    return engine
        .submit(command, call)
        .toCompletableFuture()
        .orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /// Asks all at once, and waits until each has its answer or has failed on its own.
  List<Told> askAll(List<Keyed> commands) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>(commands.size());
    for (Keyed keyed : commands) {
      answers.add(submit(keyed.command(), keyed.reach().call(), keyed.key()));
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS)
        .handle((_, _) -> true)
        .join();
    List<Told> told = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      told.add(told(commands.get(i).command(), answers.get(i)));
    }
    return told;
  }

  private static Told told(Command command, CompletableFuture<Answer> answer) {
    return switch (answer.state()) {
      case SUCCESS -> Told.of(command, answer.resultNow());
      case FAILED -> Told.of(ExceptionProblems.of(answer.exceptionNow()));
      case RUNNING, CANCELLED -> Told.of(ExceptionProblems.of(new TimeoutException()));
    };
  }

  private CompletableFuture<Answer> submit(
      Command command, Call call, @Nullable IdempotencyKey key) {
    return engine.submit(command, attached(call.withKey(key), command)).toCompletableFuture();
  }

  private static Call attached(Call call, Command command) {
    Call plain = PlainChange.of(command).map(call::with).orElse(call);
    return told(plain, command);
  }

  /// What moves stock is told by its movements; what does not, by the trail.
  private static Call told(Call call, Command command) {
    return ExtensionTrail.Asked.by(call.actor(), RequestOrigin.ofRequest(), command)
        .map(call::with)
        .orElse(call);
  }
}
