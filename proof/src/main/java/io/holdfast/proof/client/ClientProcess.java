package io.holdfast.proof.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.EventLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A client process as its prover sees it.
public final class ClientProcess implements AutoCloseable {

  private final Process process;
  private final Writer in;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<List<Event>> history = new CompletableFuture<>();

  private ClientProcess(Process process) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /// @param command how to start the prover's own main class
  /// @param witness told of every event as it arrives, from one thread
  public static ClientProcess start(List<String> command, ClientJob job, Consumer<Event> witness)
      throws IOException {
    List<String> words = new ArrayList<>(command);
    words.add("client");
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    ClientProcess client = new ClientProcess(process);
    client.say(JsonMapper.builder().build().writeValueAsString(job));
    Thread.ofVirtual().start(() -> client.listen(witness));
    return client;
  }

  public void awaitReady(long timeoutMillis) throws Exception {
    ready.get(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  public void go(long startNanos) throws IOException {
    say(ClientCommand.GO + startNanos);
  }

  /// Lets everybody end what they have begun. One that has ended by itself is not spoken to.
  public void enough() {
    try {
      say(ClientCommand.ENOUGH);
    } catch (IOException over) {
      // It has ended.
    }
  }

  /// Everything that it recorded, once it has ended.
  public List<Event> history(long timeoutMillis) throws Exception {
    return history.get(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void say(String line) throws IOException {
    in.write(line);
    in.write('\n');
    in.flush();
  }

  private void listen(Consumer<Event> witness) {
    List<Event> events = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(ClientCommand.READY)) {
          ready.complete(null);
        } else {
          Event event = EventLines.read(line);
          events.add(event);
          witness.accept(event);
        }
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException("a client process ended with status " + status);
      }
      history.complete(events);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      ready.completeExceptionally(failed);
      history.completeExceptionally(failed);
    }
  }
}
