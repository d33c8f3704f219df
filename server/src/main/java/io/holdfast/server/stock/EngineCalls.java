package io.holdfast.server.stock;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.request.SameContext;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.StockEngine;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Puts a request's command to the engine. No thread waits for the answer, and no caller for ever:
/// a command that is neither answered nor given up by then is under way in a database that hangs.
@Singleton
final class EngineCalls {
  private static final long MAX_WAIT_SECONDS = 20;

  private final StockEngine engine;

  EngineCalls(StockEngine engine) {
    this.engine = engine;
  }

  CompletionStage<Response> ask(Command command, SecurityContext security, HttpHeaders headers) {
    Caller caller = Caller.of(security);
    Call call = Call.by(caller.tenant(), caller.actor()).withKey(RequestKey.of(headers));
    return engine
        .submit(command, call)
        .toCompletableFuture()
        .orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS)
        .thenApplyAsync(answer -> OutcomeResponses.of(command, answer), new SameContext());
  }
}
