package io.holdfast.server.start;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes SIGTERM and SIGINT an orderly end: HTTP is stopped, then the main thread closes the rest,
/// and only then does the process go, with the exit code of that. By itself the JVM would go as
/// soon as its hooks are done, with 143.
final class StopSignal {
  private static final long MAX_STOP_SECONDS = 60;

  private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();
  private volatile boolean isAsked;

  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "holdfast-stop"));
    return signal;
  }

  boolean isAsked() {
    return isAsked;
  }

  /// Everything is closed.
  void ended(ExitCode code) {
    ended.complete(code);
  }

  private void stop() {
    isAsked = true;
    Quarkus.asyncExit();
    Runtime.getRuntime().halt(awaitEnd().number());
  }

  private ExitCode awaitEnd() {
    try {
      return ended.get(MAX_STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return ExitCode.START_FAILED;
    }
  }
}
