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

/// Puts a request's command to the engine. No thread waits for the answer.
@Singleton
final class EngineCalls {
  private final StockEngine engine;

  EngineCalls(StockEngine engine) {
    this.engine = engine;
  }

  CompletionStage<Response> ask(Command command, SecurityContext security, HttpHeaders headers) {
    Caller caller = Caller.of(security);
    Call call = Call.by(caller.tenant(), caller.actor()).withKey(RequestKey.of(headers));
    return engine
        .submit(command, call)
        .thenApplyAsync(answer -> OutcomeResponses.of(command, answer), new SameContext());
  }
}
