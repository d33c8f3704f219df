package io.holdfast.proof.feed;

import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.shop.Nodes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Listens to the stream, hangs up now and then, and goes on at another node behind the last event
/// that it has heard. For one thread, but for its position and its end.
final class StreamReader implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final int PAUSE_MILLIS = 50;

  /// It hangs up after so many events.
  private static final int PATIENCE = 300;

  private final Nodes nodes;
  private final long after;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .build();
  private final List<CloudEvent> events = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int resumed;
  private volatile long position;

  StreamReader(Nodes nodes, long after) {
    this.nodes = nodes;
    this.after = after;
    this.position = after;
  }

  /// Listens until somebody has heard enough.
  void listenOn(Audience audience) throws InterruptedException {
    for (int node = 0; !audience.isOver() && faults.isEmpty(); node++) {
      try {
        listen(node);
      } catch (IOException cut) {
        // By a node that was killed or by the end: the next one goes on.
        Ticker.pauseMillis(PAUSE_MILLIS);
      }
    }
  }

  private void listen(int node) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request(node), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() == 200) {
        hear(new ServerSentEvents(in));
      } else if (response.statusCode() < 500 && response.statusCode() != 429) {
        faults.add("the stream is refused with " + response.statusCode());
      } else {
        Ticker.pauseMillis(PAUSE_MILLIS);
      }
    }
  }

  private void hear(ServerSentEvents stream) throws IOException {
    long from = position;
    for (int heard = 0; heard < PATIENCE; heard++) {
      Optional<ServerSentEvents.Message> message = stream.next();
      if (message.isEmpty()) {
        return;
      }
      take(message.get());
      if (heard == 0 && from > after) {
        resumed++;
      }
    }
  }

  private void take(ServerSentEvents.Message message) {
    CloudEvent event = CloudEvent.of(Json.orMissing(message.data()));
    if (!message.id().equals(event.json().path("id").asText())
        || !message.event().equals(event.type())) {
      faults.add(event + " is streamed as " + message.id() + " " + message.event());
    }
    events.add(event);
    position = event.position();
  }

  private HttpRequest request(int node) {
    boolean isFirst = position == after;
    String path = "/v1/events/stream" + (isFirst ? "?after=" + after : "");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(nodes.node(node).url() + path));
    if (!nodes.credential().isEmpty()) {
      request.header("Authorization", "Bearer " + nodes.credential());
    }
    if (!isFirst) {
      request.header("Last-Event-ID", Long.toString(position));
    }
    return request.build();
  }

  long position() {
    return position;
  }

  Reading reading() {
    return new Reading("the reader of the stream", after, events, faults, resumed);
  }

  /// Also one that waits for the next event ends.
  @Override
  public void close() {
    client.shutdownNow();
  }
}
