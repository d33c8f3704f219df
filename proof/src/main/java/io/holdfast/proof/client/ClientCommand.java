package io.holdfast.proof.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// One client process. It reads its job, says `ready` once every buyer is connected, waits for `go
/// MOMENT`, and writes its history to standard output. At `enough` nobody begins anything new.
@Command(name = "client", hidden = true, description = "A client process of the prover.")
public final class ClientCommand implements Callable<Integer> {

  static final String READY = "ready";
  static final String GO = "go ";
  static final String ENOUGH = "enough";

  private final AtomicBoolean isEnough = new AtomicBoolean();

  @Override
  public Integer call() throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    ClientJob job = JsonMapper.builder().build().readValue(in.readLine(), ClientJob.class);
    Recorder recorder = new Recorder(System.out);
    Thread flusher = Thread.ofPlatform().daemon().start(() -> flushAlways(recorder));
    new Crowd(job, recorder, isEnough::get).run(() -> awaitStart(in, recorder));
    flusher.interrupt();
    recorder.flush();
    return 0;
  }

  private long awaitStart(BufferedReader in, Recorder recorder) {
    recorder.write(READY);
    recorder.flush();
    String line = read(in);
    if (line == null || !line.startsWith(GO)) {
      throw new IllegalStateException("no start signal");
    }
    Thread.ofPlatform().daemon().start(() -> listen(in));
    return Long.parseLong(line.substring(GO.length()));
  }

  /// The end of the input says that the prover is gone.
  private void listen(BufferedReader in) {
    for (String line = read(in); line != null; line = read(in)) {
      isEnough.set(line.equals(ENOUGH));
    }
    Runtime.getRuntime().halt(1);
  }

  private static @Nullable String read(BufferedReader in) {
    try {
      return in.readLine();
    } catch (IOException broken) {
      throw new UncheckedIOException("the prover can't be heard", broken);
    }
  }

  private static void flushAlways(Recorder recorder) {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(50_000_000);
      recorder.flush();
    }
  }
}
