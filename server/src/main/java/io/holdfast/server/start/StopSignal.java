package io.holdfast.server.start;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Makes SIGTERM and SIGINT an orderly end: HTTP is stopped, then the main thread closes the rest,
/// and only then does the process go, with the exit code of that. By itself the JVM would go as
/// soon as its hooks are done, with 143.
final class StopSignal {
  private static final Logger LOG = Logger.getLogger(StopSignal.class);
  private static final long MAX_STOP_SECONDS = 60;

  private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();
  private volatile boolean isAsked;

  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "holdfast-stop"));
    return signal;
  }

  /// The same end for a process that was started by another and should not outlive it.
  static void askAtEndOf(InputStream input) {
    Thread.ofPlatform().name("holdfast-input").daemon().start(() -> exitAtEndOf(input));
  }

  private static void exitAtEndOf(InputStream input) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      LOG.warn("Standard input can't be read, so this is taken for its end", e);
    }
    System.exit(ExitCode.CLEAN.number());
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
